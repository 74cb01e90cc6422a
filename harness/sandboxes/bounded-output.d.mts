export function bounded(text: string, limit: number, total?: number): string;

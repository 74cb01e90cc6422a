/** How items are written down once they are found. */
export interface Presentation {
  /** Only the first item is given. */
  readonly first: boolean;
  /** Decimals are rounded to whole numbers. */
  readonly round: boolean;
  /** All items stand on one line, with commas. */
  readonly joined: boolean;
}

/** Writes items down. */
export function present(items: readonly string[], how: Presentation): string[] {
  const kept = how.first ? items.slice(0, 1) : items;
  const rounded = how.round ? kept.map(roundedText) : [...kept];
  return how.joined && rounded.length > 1 ? [rounded.join(", ")] : rounded;
}

/** A text with its first decimal number rounded half up. */
function roundedText(item: string): string {
  return item.replace(/\d+\.\d+/, (digits) => String(Math.floor(Number(digits) + 0.5)));
}

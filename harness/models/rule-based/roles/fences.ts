/** A fenced block of Markdown. */
export interface Fence {
  readonly language: string;
  readonly body: string;
  /** The last line of text before it that is not empty. */
  readonly above: string;
}

/** The fenced blocks of a text, in order; a block inside a longer fence is part of its body. */
export function fencesIn(text: string): Fence[] {
  const found: Fence[] = [];
  const lines = text.split("\n");
  let above = "";
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? "";
    const opening = /^(`{3,})(\w*)\s*$/.exec(line);
    if (!opening) {
      if (line.trim() !== "") above = line.trim();
      continue;
    }
    const marks = opening[1] ?? "";
    const end = lines.findIndex(
      (other, k) => k > i && /^`+\s*$/.test(other) && other.trim().length >= marks.length,
    );
    const last = end === -1 ? lines.length : end;
    found.push({ language: opening[2] ?? "", body: lines.slice(i + 1, last).join("\n"), above });
    i = last;
  }
  return found;
}

/** The value of the last JSON block of a text, or undefined. */
export function lastJson(text: string): unknown {
  return parsed(fencesIn(text).findLast((fence) => fence.language === "json")?.body ?? "");
}

/** The value of a JSON text; undefined where it is none, so that a part goes on with what else it was told. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

import type { Rng } from "../../../../harness/contracts/index.ts";
import { between } from "../../../../harness/models/rule-based/kit.ts";
import { happens } from "./draw.ts";
import type { Font, Mark, Mess, Sheet } from "./sheet.ts";

/** A question about a page, and every answer that counts as right; the first is as printed. */
export interface Asked {
  readonly kind: "key-value" | "look-up" | "total" | "date" | "stamp" | "text";
  readonly question: string;
  readonly answers: readonly string[];
}

/** A page that was made up, and what is asked about it. */
export interface MadeDocument {
  readonly sheet: Sheet;
  readonly asked: readonly Asked[];
}

/** Makes one page from a stream of draws. */
export type Kind = (rng: Rng) => MadeDocument;

/** Width and height of a letter page, in pixels. */
export const LETTER = { width: 1000, height: 1290 } as const;

/** A question with one printed answer, and others that are accepted. */
export function ask(kind: Asked["kind"], question: string, ...answers: string[]): Asked {
  return { kind, question, answers: [...new Set(answers)] };
}

/** Collects the marks of a page in one font. */
export class Pen {
  readonly marks: Mark[] = [];
  readonly font: Font;

  constructor(font: Font) {
    this.font = font;
  }

  text(
    x: number,
    y: number,
    text: string,
    size: number,
    look: {
      bold?: boolean;
      italic?: boolean;
      anchor?: "start" | "middle" | "end";
      font?: Font;
    } = {},
  ): void {
    this.marks.push({ kind: "text", x, y, text, size, font: this.font, ...look });
  }

  /** A horizontal line. */
  rule(x1: number, x2: number, y: number, width = 1.5): void {
    this.marks.push({ kind: "line", from: [x1, y], to: [x2, y], width });
  }

  box(x: number, y: number, width: number, height: number, fill?: number): void {
    this.marks.push({ kind: "box", x, y, width, height, ...(fill === undefined ? {} : { fill }) });
  }

  stamp(x: number, y: number, degrees: number, ...lines: string[]): void {
    this.marks.push({ kind: "stamp", x, y, lines, degrees });
  }
}

/** What happens to pages: most are a little askew, grey and noisy, some are clean. */
export function mess(rng: Rng): Mess {
  if (happens(rng, 0.25)) return { skew: 0, noise: 0, blur: 0, paper: 255, specks: 0 };
  return {
    skew: Math.round((rng.next() * 2.4 - 1.2) * 100) / 100,
    noise: between(rng, 2, 10),
    blur: happens(rng, 0.4) ? 0.5 : 0,
    paper: between(rng, 232, 255),
    specks: between(rng, 0, 60),
  };
}

/** Cuts a text into lines of at most so many characters. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

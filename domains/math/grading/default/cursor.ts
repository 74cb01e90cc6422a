import type { Expression } from "./expression.ts";
import { limits, TooHard, Unreadable } from "./limits.ts";
import type { Token } from "./tokens.ts";

/** The levels of the grammar above factors, for what stands in brackets and arguments. */
export interface Grammar {
  /** Members between separators; one member is itself. */
  readList(cursor: Cursor): Expression;
  /** The members themselves, up to a closing bracket or the end. */
  readItems(cursor: Cursor): readonly Expression[];
  readSum(cursor: Cursor): Expression;
}

/** Walks over the tokens of an answer, and counts how deep the walk is. */
export class Cursor {
  readonly grammar: Grammar;
  readonly #tokens: Token[];
  #at = 0;
  #depth = 0;
  #bars = false;

  /** @param tokens is changed where an argument is the first digit of a number. */
  constructor(tokens: Token[], grammar: Grammar) {
    this.#tokens = tokens;
    this.grammar = grammar;
  }

  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  get atEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  skip(): void {
    this.#at++;
  }

  /** Whether the next token is this mark or command. */
  sees(text: string, ahead = 0): boolean {
    const { kind, text: found } = this.peek(ahead) ?? {};
    return (kind === "mark" || kind === "command") && found === text;
  }

  /** Steps over the next tokens if they are these marks and commands. */
  takes(...texts: readonly string[]): boolean {
    const seen = texts.every((text, ahead) => this.sees(text, ahead));
    if (seen) this.#at += texts.length;
    return seen;
  }

  /** @throws {Unreadable} where something else comes next. */
  expect(text: string): void {
    if (!this.takes(text)) throw new Unreadable(`${text} is missing`);
  }

  /** Reads one level further in. */
  inside<Result>(read: () => Result): Result {
    if (++this.#depth > limits.depth) throw new TooHard(`the answer is nested too deeply`);
    const result = read();
    this.#depth--;
    return result;
  }

  /** The next digit of a number as a token of its own, as `\frac12` means it. */
  splitDigit(): void {
    const token = this.peek();
    if (token?.kind === "number" && /^\d{2,}$/.test(token.text))
      this.#tokens.splice(
        this.#at,
        1,
        { kind: "number", text: token.text.slice(0, 1) },
        { kind: "number", text: token.text.slice(1) },
      );
  }

  /** Whether a bar that comes next closes an absolute value. */
  get insideBars(): boolean {
    return this.#bars;
  }

  /** Reads between two bars, or between brackets, where a bar opens again. */
  withBars<Result>(bars: boolean, read: () => Result): Result {
    const before = this.#bars;
    this.#bars = bars;
    const result = read();
    this.#bars = before;
    return result;
  }
}

/** One thing on a page. Places are in pixels from the upper left corner. */
export type Mark =
  | {
      readonly kind: "text";
      readonly x: number;
      /** Of the base line. */
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly font?: Font;
      readonly bold?: boolean;
      readonly italic?: boolean;
      /** Which end of the text is at `x`. */
      readonly anchor?: "start" | "middle" | "end";
    }
  | {
      readonly kind: "line";
      readonly from: readonly [number, number];
      readonly to: readonly [number, number];
      readonly width?: number;
    }
  | {
      readonly kind: "box";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      /** Grey from 0 (black) to 255. */
      readonly fill?: number;
    }
  | {
      /** A rubber stamp: lines in a frame, turned. */
      readonly kind: "stamp";
      readonly x: number;
      readonly y: number;
      readonly lines: readonly string[];
      readonly degrees: number;
    };

/** Families that every system has some font for. */
export type Font = "sans-serif" | "serif" | "monospace";

/** What became of a page between printer and scanner. */
export interface Mess {
  /** Degrees by which it lay askew. */
  readonly skew: number;
  /** Standard deviation of the noise, in greys. */
  readonly noise: number;
  /** Standard deviation of the blur, in pixels; 0 for none. */
  readonly blur: number;
  /** Grey of the paper, from 0 to 255. */
  readonly paper: number;
  /** Number of black specks. */
  readonly specks: number;
}

/** A page before it is drawn. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  readonly mess: Mess;
}

/** The page as SVG: ink on white, laid askew; noise, blur and paper come later. */
export function svgOf({ width, height, marks, mess }: Sheet): string {
  const turn = `rotate(${mess.skew} ${width / 2} ${height / 2})`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<g transform="${turn}" fill="#141414" stroke="none">`,
    ...marks.map(drawn),
    "</g></svg>",
  ].join("\n");
}

function drawn(mark: Mark): string {
  switch (mark.kind) {
    case "text": {
      const { x, y, text, size, font = "sans-serif", bold, italic, anchor = "start" } = mark;
      const weight = bold ? ' font-weight="bold"' : "";
      const slant = italic ? ' font-style="italic"' : "";
      return `<text x="${x}" y="${y}" font-family="${font}" font-size="${size}" text-anchor="${anchor}"${weight}${slant} xml:space="preserve">${escaped(text)}</text>`;
    }
    case "line": {
      const { from, to, width = 1.5 } = mark;
      return `<line x1="${from[0]}" y1="${from[1]}" x2="${to[0]}" y2="${to[1]}" stroke="#141414" stroke-width="${width}"/>`;
    }
    case "box": {
      const { x, y, width, height, fill } = mark;
      const inside = fill === undefined ? "none" : `rgb(${fill},${fill},${fill})`;
      return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${inside}" stroke="#777" stroke-width="1"/>`;
    }
    case "stamp":
      return stamped(mark);
  }
}

function stamped({ x, y, lines, degrees }: Extract<Mark, { kind: "stamp" }>): string {
  const longest = Math.max(...lines.map((line) => line.length));
  const width = longest * 16 + 40;
  const height = lines.length * 32 + 22;
  const text = lines.map(
    (line, index) =>
      `<text x="${width / 2}" y="${36 + index * 32}" font-family="sans-serif" font-size="23" font-weight="bold" letter-spacing="1" text-anchor="middle">${escaped(line)}</text>`,
  );
  return [
    `<g transform="translate(${x} ${y}) rotate(${degrees})" fill="#4a4a4a">`,
    `<rect width="${width}" height="${height}" fill="none" stroke="#4a4a4a" stroke-width="4"/>`,
    ...text,
    "</g>",
  ].join("");
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

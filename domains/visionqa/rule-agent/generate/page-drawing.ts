import sharp from "sharp";
import type { Rng } from "../../../../harness/contracts/index.ts";
import { between } from "../../../../harness/models/rule-based/kit.ts";

/** Width and height of a page, in pixels. */
export const PAGE = { width: 1000, height: 1120 } as const;

/** How a text is set; its size is in pixels. */
interface Setting {
  readonly size?: number;
  readonly bold?: boolean;
  /** Which end of the text is at its place. */
  readonly anchor?: "start" | "middle" | "end";
}

/** A page in the making: marks in SVG, places in pixels from the upper left corner. */
export class PageDrawing {
  readonly marks: string[] = [];

  /** @param y of the base line. */
  text(x: number, y: number, text: string, setting: Setting = {}): void {
    const { size = 22, bold = false, anchor = "start" } = setting;
    this.marks.push(
      `<text x="${x}" y="${y}" font-family="sans-serif" font-size="${size}" text-anchor="${anchor}" font-weight="${bold ? "bold" : "normal"}" xml:space="preserve">${text}</text>`,
    );
  }

  /** A grey field to write in; a flat one is a line. */
  field(x: number, y: number, width: number, height: number): void {
    this.marks.push(
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${height > 4 ? "#e2e2e2" : "#777"}"/>`,
    );
  }
}

/** What became of a page between printer and scanner. */
export interface Mess {
  /** Degrees by which it lay askew. */
  readonly skew: number;
  /** Share of noise, from 0 to 1. */
  readonly noise: number;
  /** Grey of the paper, from 0 to 255. */
  readonly paper: number;
}

/** Most pages are a little askew, grey and noisy; some are clean. */
export function messOf(rng: Rng): Mess {
  if (rng.next() < 0.25) return { skew: 0, noise: 0, paper: 255 };
  return {
    skew: between(rng, -120, 120) / 100,
    noise: between(rng, 5, 25) / 100,
    paper: between(rng, 232, 255),
  };
}

/** The page as SVG. */
export function svgOf({ marks }: PageDrawing, { skew, noise, paper }: Mess, seed: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${PAGE.width}" height="${PAGE.height}">
<filter id="noise"><feTurbulence type="fractalNoise" baseFrequency="0.9" seed="${seed}"/></filter>
<rect width="100%" height="100%" fill="rgb(${paper},${paper},${paper})"/>
<g transform="rotate(${skew} ${PAGE.width / 2} ${PAGE.height / 2})" fill="#141414">
${marks.join("\n")}
</g>
${noise > 0 ? `<rect width="100%" height="100%" filter="url(#noise)" opacity="${noise}"/>` : ""}
</svg>`;
}

/**
 * The picture of a page, grey: a PNG of a clean page, a JPEG of a noisy one.
 *
 * The letters are those of the fonts that the system has; everything else is the same everywhere.
 */
export async function pictureOf(svg: string, format: "png" | "jpg"): Promise<Uint8Array> {
  const drawn = sharp(Buffer.from(svg)).flatten({ background: "#fff" }).greyscale();
  return format === "png"
    ? drawn.png({ palette: true, colours: 16, compressionLevel: 9 }).toBuffer()
    : drawn.toColourspace("b-w").jpeg({ quality: 50, mozjpeg: true }).toBuffer();
}

import sharp from "sharp";
import type { Rng } from "../../../../harness/contracts/index.ts";
import { between } from "../../../../harness/models/rule-based/kit.ts";
import { type Sheet, svgOf } from "./sheet.ts";

/**
 * Draws a page: grey, with the noise of a scan.
 *
 * The letters are those of the fonts that the system has; everything else is the same everywhere.
 *
 * @returns a PNG in 16 greys for a clean page, and a JPEG for a noisy one.
 */
export async function rasterOf(
  sheet: Sheet,
  rng: Rng,
): Promise<{ readonly extension: "png" | "jpg"; readonly bytes: Uint8Array }> {
  const { mess } = sheet;
  const drawn = sharp(Buffer.from(svgOf(sheet))).greyscale();
  const blurred = mess.blur > 0 ? drawn.blur(mess.blur) : drawn;
  if (extensionOf(sheet) === "png")
    return {
      extension: "png",
      bytes: await blurred.png({ palette: true, colours: 16, compressionLevel: 9 }).toBuffer(),
    };

  const { data, info } = await blurred
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = new Uint8Array(data);
  for (let at = 0; at < pixels.length; at++)
    pixels[at] = clamped(((pixels[at] ?? 0) * mess.paper) / 255 + mess.noise * normal(rng));
  for (let speck = 0; speck < mess.specks; speck++) {
    const at = between(rng, 0, info.height - 2) * info.width + between(rng, 0, info.width - 2);
    for (const place of [at, at + 1, at + info.width, at + info.width + 1]) pixels[place] = 40;
  }
  const raw = { width: info.width, height: info.height, channels: 1 as const };
  const bytes = await sharp(pixels, { raw })
    .toColourspace("b-w")
    .jpeg({ quality: 52, mozjpeg: true })
    .toBuffer();
  return { extension: "jpg", bytes };
}

/** The format of a page's picture. */
export function extensionOf({ mess }: Sheet): "png" | "jpg" {
  return mess.noise === 0 && mess.specks === 0 && mess.paper === 255 ? "png" : "jpg";
}

/** A draw from the normal distribution, nearly: twelve uniform ones. */
function normal(rng: Rng): number {
  let sum = -6;
  for (let count = 0; count < 12; count++) sum += rng.next();
  return sum;
}

function clamped(grey: number): number {
  return Math.max(0, Math.min(255, Math.round(grey)));
}

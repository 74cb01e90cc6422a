import type { Sharp } from "sharp";
import type { Image } from "../../harness/contracts/index.ts";
import { messageOf } from "../../harness/errors.ts";

/** Largest file that is read, in bytes. */
const MOST_BYTES = 64 << 20;
/** Longest side of a picture that is decoded; a tabloid page at 1,000 dpi has 17,000. */
const LONGEST_SIDE = 20_000;
/** Most pixels that are decoded; an A3 page at 600 dpi has 70 million. */
const MOST_PIXELS = 80_000_000;
/** Longest side of a page as it is kept, in pixels: A4 at 340 dpi. */
const PAGE_SIDE = 4_000;
/** Decoding that takes longer is given up, in seconds. */
const PATIENCE_S = 30;
/** A picture that is larger than this as PNG is sent as JPEG, in bytes. */
const LARGEST_PNG = 800_000;

/** A page with its orientation applied: 8 bits a channel, grey or RGB, no transparency. */
export interface Page {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A picture that cannot be used, and why; the message is half a sentence. */
export class UnusableImage extends Error {
  override readonly name = "UnusableImage";
}

/**
 * Decodes a picture of any accepted format: turns it as its EXIF data say, lays it on white, and makes it
 * at most 4,000 pixels long. Of several frames or pages the first is taken.
 *
 * @throws {UnusableImage} when it is no picture, damaged, cut off, or too large.
 */
export async function openPage(bytes: Uint8Array): Promise<Page> {
  if (bytes.length === 0) throw new UnusableImage("the file is empty");
  if (bytes.length > MOST_BYTES)
    throw new UnusableImage(`the file is larger than ${MOST_BYTES >> 20} MiB`);
  if (!isPicture(bytes))
    throw new UnusableImage("the file is no PNG, JPEG, TIFF, WebP or GIF picture");
  try {
    const grey = await checkedColours(bytes);
    const picture = (await decoder(bytes))
      .autoOrient()
      .flatten({ background: "#ffffff" })
      .resize({ width: PAGE_SIDE, height: PAGE_SIDE, fit: "inside", withoutEnlargement: true })
      .toColourspace(grey ? "b-w" : "srgb")
      .png();
    const { data, info } = await picture.toBuffer({ resolveWithObject: true });
    return { png: data, width: info.width, height: info.height };
  } catch (error) {
    if (error instanceof UnusableImage) throw error;
    throw new UnusableImage(`the picture is damaged or cut off (${firstLine(error)})`);
  }
}

// The first bytes of PNG, JPEG, TIFF (both orders of bytes), GIF and WebP; a dot is any byte.
const beginnings = ["\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "II*\0", "MM\0*", "GIF8", "RIFF....WEBP"];

/** Whether a file is of an accepted format, whatever it is called: vector graphics and documents are no pages. */
function isPicture(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return beginnings.some((beginning) =>
    [...beginning].every((byte, place) => byte === "." || byte === start[place]),
  );
}

/** The page for a message: at most `side` pixels long, as PNG or, where that is large, as JPEG. */
export async function shownPage(page: Page, side: number): Promise<Image> {
  const picture = (await decoder(page.png)).resize({
    width: side,
    height: side,
    fit: "inside",
    withoutEnlargement: true,
  });
  return asImage(picture);
}

/** A picture ready to be sent. */
export async function asImage(picture: Sharp): Promise<Image> {
  const png = await picture.clone().png({ compressionLevel: 9 }).toBuffer();
  if (png.length <= LARGEST_PNG) return { mediaType: "image/png", base64: png.toString("base64") };
  const jpeg = await picture.jpeg({ quality: 85 }).toBuffer();
  return { mediaType: "image/jpeg", base64: jpeg.toString("base64") };
}

/** sharp on these bytes, strict and bounded. It is loaded by the first picture, not with the domain. */
export async function decoder(bytes: Uint8Array): Promise<Sharp> {
  const { default: sharp } = await import("sharp");
  // Pictures are decoded side by side on the thread pool; a thread each is enough, and none comes twice.
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp(bytes, { failOn: "error", limitInputPixels: MOST_PIXELS, pages: 1 }).timeout({
    seconds: PATIENCE_S,
  });
}

/** Whether the picture is grey, from its header alone, which also says whether it is too large. */
async function checkedColours(bytes: Uint8Array): Promise<boolean> {
  const { default: sharp } = await import("sharp");
  const { width, height, space } = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (Math.max(width, height) > LONGEST_SIDE)
    throw new UnusableImage(
      `the picture is ${width} x ${height} pixels, and no side may have more than ${LONGEST_SIDE}`,
    );
  if (width * height > MOST_PIXELS)
    throw new UnusableImage(
      `the picture is ${width} x ${height} pixels, and more than ${MOST_PIXELS} are not decoded`,
    );
  return space === "b-w" || space === "grey16";
}

function firstLine(error: unknown): string {
  return messageOf(error).split("\n")[0] ?? "";
}

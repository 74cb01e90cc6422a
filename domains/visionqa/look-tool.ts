import type { Sharp } from "sharp";
import type { Image, Sandbox, Tool } from "../../harness/contracts/index.ts";
import { unreachable } from "../../harness/errors.ts";
import { asImage, decoder, openPage, type Page, UnusableImage } from "./page.ts";
import { type Enhancement, enhancements, type Look, readLook, type Sizes } from "./region.ts";

/** The page in the working directory. */
export const PAGE_FILE = "page.png";

/** A region is enlarged at most so many times; more shows no more. */
const MOST_ENLARGED = 4;

const edge = (name: string, otherwise: string) => ({
  type: "number",
  description: `${name} edge of the region; ${otherwise} when left out.`,
});

/**
 * Shows the agent a region of its page: cropped, zoomed, rotated and enhanced, in this order.
 *
 * @param side longest side of the pictures, in pixels: that of the page in the user message, too, which is
 * what pixel coordinates refer to.
 */
export function lookTool(sandbox: Sandbox, side: number): Tool {
  return {
    spec: {
      name: "look",
      description: [
        "Look at the page again, or at a region of it: cropped, zoomed to fill the picture, rotated, enhanced.",
        "Edges are shares of the page from 0 to 1 (left 0, top 0 is the upper left corner), or pixels of the picture you were shown.",
        "Without arguments it shows the whole page.",
      ].join(" "),
      parameters: {
        type: "object",
        properties: {
          left: edge("Left", "0"),
          top: edge("Upper", "0"),
          right: edge("Right", "1"),
          bottom: edge("Lower", "1"),
          rotate: {
            type: "number",
            description: "Degrees to turn the region, clockwise, from -180 to 180.",
          },
          enhance: {
            type: "string",
            enum: [...enhancements],
            description:
              "contrast spreads the greys, sharpen makes edges crisp, binarize leaves black and white, invert swaps them.",
          },
        },
        required: [],
      },
    },
    async run(args) {
      const page = await pageIn(sandbox);
      if ("problem" in page) return { kind: "observation", text: `Error: ${page.problem}.` };
      const look = readLook(args, sizesOf(page, side));
      if ("problem" in look) return { kind: "observation", text: `Error: ${look.problem}.` };
      const image = await pictureOf(page, look, side);
      return { kind: "observation", text: captionOf(look, page), images: [image] };
    },
  };
}

/** The page as the agent's directory has it; the agent may have changed the file. */
async function pageIn(sandbox: Sandbox): Promise<Page | { readonly problem: string }> {
  const bytes = await sandbox.read(PAGE_FILE);
  if (bytes === undefined) return { problem: `there is no ${PAGE_FILE} any more` };
  try {
    return await openPage(bytes);
  } catch (error) {
    if (error instanceof UnusableImage) return { problem: `${PAGE_FILE}: ${error.message}` };
    throw error;
  }
}

function sizesOf(page: Page, side: number): Sizes {
  const scale = Math.min(1, side / Math.max(page.width, page.height));
  const shown = {
    width: Math.round(page.width * scale),
    height: Math.round(page.height * scale),
  };
  return { page, shown };
}

async function pictureOf(
  page: Page,
  { region, rotate, enhance }: Look,
  side: number,
): Promise<Image> {
  const fit = Math.min(MOST_ENLARGED, side / Math.max(region.width, region.height));
  const cropped = (await decoder(page.png)).extract(region).resize({
    width: Math.max(1, Math.round(region.width * fit)),
    height: Math.max(1, Math.round(region.height * fit)),
    fit: "fill",
    kernel: "cubic",
  });
  // The operations below come in an order of their own within one pipeline; this one is ours.
  const turned =
    rotate === 0
      ? cropped
      : (await decoder(await cropped.png().toBuffer())).rotate(rotate, { background: "#ffffff" });
  const enhanced = enhancedAs(await decoder(await turned.png().toBuffer()), enhance);
  const bounded = (await decoder(await enhanced.png().toBuffer())).resize({
    width: side,
    height: side,
    fit: "inside",
    withoutEnlargement: true,
  });
  return asImage(bounded);
}

function enhancedAs(picture: Sharp, enhancement: Enhancement): Sharp {
  switch (enhancement) {
    case "none":
      return picture;
    case "contrast":
      return picture.greyscale().normalise({ lower: 2, upper: 98 });
    case "sharpen":
      return picture.sharpen({ sigma: 1.5 });
    case "binarize":
      return picture.greyscale().median(3).normalise().threshold(150);
    case "invert":
      return picture.negate({ alpha: false });
    default:
      return unreachable(enhancement);
  }
}

function captionOf({ region, rotate, enhance }: Look, page: Page): string {
  const share = (pixels: number, side: number) => (pixels / side).toFixed(2);
  const { left, top, width, height } = region;
  const across = `${share(left, page.width)} to ${share(left + width, page.width)} across`;
  const down = `${share(top, page.height)} to ${share(top + height, page.height)} down`;
  const turned = rotate === 0 ? "" : `, turned by ${rotate} degrees`;
  const how = enhance === "none" ? "" : `, enhanced: ${enhance}`;
  return `The page from ${across} and ${down}${turned}${how}.`;
}

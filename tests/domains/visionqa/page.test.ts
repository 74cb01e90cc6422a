import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { openPage, shownPage } from "../../../domains/visionqa/page.ts";
import { cornered, darkCorner, hollowPng } from "../../support/visionqa/pages.ts";

const failure = (bytes: Uint8Array) =>
  openPage(bytes).then(
    () => "",
    (error: Error) => `${error.name}: ${error.message}`,
  );

const grey = (width: number, height: number, value = 200) =>
  sharp(Buffer.alloc(width * height, value), { raw: { width, height, channels: 1 } }).toColourspace(
    "b-w",
  );

describe("a page is opened whatever its format", () => {
  test.each(["png", "jpeg", "tiff", "webp", "gif"] as const)("%s", async (format) => {
    const page = await openPage(await cornered().toFormat(format).toBuffer());
    expect([page.width, page.height]).toEqual([80, 40]);
    expect(await darkCorner(page.png)).toBe("upper left");
    expect((await sharp(page.png).metadata()).format).toBe("png");
  });

  test("and whatever its name says: the format is read from the content", async () => {
    const page = await openPage(await cornered().jpeg().toBuffer());
    expect(page.width).toBe(80);
  });

  test("of several frames or pages the first is taken", async () => {
    const first = await cornered().png().toBuffer();
    const second = await sharp(first).negate().png().toBuffer();
    const bytes = await sharp([first, second], { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(bytes).metadata()).pages).toBe(2);
    const page = await openPage(bytes);
    expect([page.width, page.height]).toEqual([80, 40]);
    expect(await darkCorner(page.png)).toBe("upper left");
  });

  test.each<[number, string, readonly [number, number]]>([
    [1, "upper left", [80, 40]],
    [2, "upper right", [80, 40]],
    [3, "lower right", [80, 40]],
    [6, "upper right", [40, 80]],
    [8, "lower left", [40, 80]],
  ])("EXIF orientation %i is applied", async (orientation, corner, size) => {
    const bytes = await cornered().withMetadata({ orientation }).jpeg().toBuffer();
    const page = await openPage(bytes);
    expect(await darkCorner(page.png)).toBe(corner);
    expect([page.width, page.height]).toEqual(size);
    expect((await sharp(page.png).metadata()).orientation).toBeUndefined();
  });

  test("16 bits a channel become 8", async () => {
    const colours = await cornered().toColourspace("rgb16").png().toBuffer();
    expect((await sharp(colours).metadata()).depth).toBe("ushort");
    const greys = await cornered().toColourspace("grey16").png().toBuffer();
    expect((await sharp(greys).metadata()).depth).toBe("ushort");
    for (const bytes of [colours, greys]) {
      const page = await openPage(bytes);
      expect((await sharp(page.png).metadata()).depth).toBe("uchar");
      expect(await darkCorner(page.png)).toBe("upper left");
    }
  });

  test("CMYK becomes RGB", async () => {
    const bytes = await cornered().toColourspace("cmyk").jpeg().toBuffer();
    expect((await sharp(bytes).metadata()).space).toBe("cmyk");
    const page = await openPage(bytes);
    expect(await sharp(page.png).metadata()).toMatchObject({ space: "srgb", channels: 3 });
    expect(await darkCorner(page.png)).toBe("upper left");
  });

  test("grey stays grey", async () => {
    const page = await openPage(await grey(30, 30).png().toBuffer());
    expect((await sharp(page.png).metadata()).channels).toBe(1);
  });

  test("what is transparent becomes white paper", async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const bytes = await sharp({ create: { width: 20, height: 20, channels: 4, background: clear } })
      .png()
      .toBuffer();
    const { png } = await openPage(bytes);
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect(info.channels).toBe(3);
    expect(new Set(data)).toEqual(new Set([255]));
  });

  test("a huge page is kept at 4,000 pixels", async () => {
    const page = await openPage(await grey(6000, 3000).png().toBuffer());
    expect([page.width, page.height]).toEqual([4000, 2000]);
  });

  test("the same bytes give the same page", async () => {
    const bytes = await cornered().jpeg().toBuffer();
    expect((await openPage(bytes)).png).toEqual((await openPage(bytes)).png);
  });
});

describe("what is no usable picture says why", () => {
  const text = (content: string) => new TextEncoder().encode(content);

  test.each<[string, Uint8Array, RegExp]>([
    ["an empty file", new Uint8Array(), /the file is empty/],
    ["text", text("hello"), /no PNG, JPEG, TIFF, WebP or GIF picture/],
    ["a document", text("%PDF-1.7\n"), /no PNG, JPEG/],
    [
      "vector graphics, which could read other files",
      text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      /no PNG, JPEG/,
    ],
    ["a signature and nothing else", hollowPng(10, 10).subarray(0, 8), /damaged or cut off/],
    ["a header and nothing else", hollowPng(10, 10), /damaged or cut off/],
    [
      "30,000 pixels a side",
      hollowPng(30_000, 30_000),
      /the picture is 30000 x 30000 pixels, and no side may have more than 20000/,
    ],
    ["30,000 pixels in width", hollowPng(30_000, 1), /30000 x 1 pixels, and no side/],
    [
      "too many pixels",
      hollowPng(15_000, 15_000),
      /15000 x 15000 pixels, and more than 80000000 are not decoded/,
    ],
    ["a huge file", new Uint8Array((64 << 20) + 1), /larger than 64 MiB/],
  ])("%s", async (_, bytes, message) => {
    expect(await failure(bytes)).toMatch(message);
    expect(await failure(bytes)).toMatch(/^UnusableImage: /);
  });

  test("30,000 real pixels a side are refused before they are decoded", async () => {
    const bytes = await grey(30_000, 200).png().toBuffer();
    expect(await failure(bytes)).toMatch(/30000 x 200 pixels/);
  });

  test.each(["png", "jpeg", "tiff", "webp", "gif"] as const)(
    "%s cut off anywhere is refused or opened whole, never a crash",
    async (format) => {
      const noise = Buffer.from(Array.from({ length: 64 * 64 }, (_, i) => (i * 7919) % 251));
      const bytes = await sharp(noise, { raw: { width: 64, height: 64, channels: 1 } })
        .toFormat(format)
        .toBuffer();
      for (const share of [0.02, 0.2, 0.5, 0.8])
        expect(
          await failure(bytes.subarray(0, Math.floor(bytes.length * share))),
          `${share}`,
        ).toMatch(/^UnusableImage: /);
    },
  );
});

describe("the picture that is sent", () => {
  test("is at most so long, and never enlarged", async () => {
    const page = await openPage(await cornered(800, 400).png().toBuffer());
    const size = async (side: number) => {
      const { base64 } = await shownPage(page, side);
      const { width, height } = await sharp(Buffer.from(base64, "base64")).metadata();
      return [width, height];
    };
    expect(await size(200)).toEqual([200, 100]);
    expect(await size(1600)).toEqual([800, 400]);
  });

  test("is PNG, and JPEG where PNG would be large", async () => {
    const small = await openPage(await cornered(800, 400).png().toBuffer());
    expect((await shownPage(small, 1600)).mediaType).toBe("image/png");
    let state = 1;
    const noise = Buffer.alloc(1600 * 1600);
    for (let at = 0; at < noise.length; at++) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      noise[at] = state >>> 24;
    }
    const large = await openPage(
      await sharp(noise, { raw: { width: 1600, height: 1600, channels: 1 } })
        .png()
        .toBuffer(),
    );
    const sent = await shownPage(large, 1600);
    expect(sent.mediaType).toBe("image/jpeg");
    expect((await sharp(Buffer.from(sent.base64, "base64")).metadata()).format).toBe("jpeg");
  });
});

import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { visionqa } from "../../../domains/visionqa/domain.ts";
import { enhancements } from "../../../domains/visionqa/region.ts";
import type { JsonObject, Tool } from "../../../harness/contracts/index.ts";
import { cornered, darkCorner, hollowPng } from "../../support/visionqa/pages.ts";
import { fileSandbox } from "../../support/wtq/file-sandbox.ts";

/** A page of 400 x 200 pixels whose upper left quarter is black. */
const page = new Uint8Array(await cornered(400, 200).png().toBuffer());

function look(
  files: Readonly<Record<string, Uint8Array>> = { "page.png": page },
  side = "1600px",
): Tool {
  const [tool] = visionqa.tools?.({ tools: "view", imageSide: side }, fileSandbox(files)) ?? [];
  if (tool === undefined) throw new Error("there is no tool");
  return tool;
}

async function seen(args: JsonObject, tool = look()) {
  const result = await tool.run(args, new AbortController().signal);
  if (result.kind !== "observation") throw new Error("the episode ended");
  const [image] = result.images ?? [];
  const bytes = image === undefined ? undefined : Buffer.from(image.base64, "base64");
  const size = bytes === undefined ? undefined : await sharp(bytes).metadata();
  return { text: result.text, bytes, size: size && [size.width, size.height] };
}

describe("the tool look", () => {
  test("is there with tools: view, and not with tools: none", () => {
    const names = (tools: string) =>
      visionqa.tools?.({ tools }, fileSandbox()).map(({ spec }) => spec.name);
    expect(names("view")).toEqual(["look"]);
    expect(names("none")).toEqual([]);
    expect(visionqa.instructions({ tools: "view" })).toContain("`look`");
    expect(visionqa.instructions({ tools: "none" })).not.toContain("look");
  });

  test("shows the whole page without arguments", async () => {
    const { text, bytes, size } = await seen({});
    expect(text).toBe("The page from 0.00 to 1.00 across and 0.00 to 1.00 down.");
    expect(size).toEqual([1600, 800]);
    expect(await darkCorner(bytes ?? page)).toBe("upper left");
  });

  test.each<[string, JsonObject]>([
    ["shares", { left: 0.5, top: 0.5, right: 1, bottom: 1 }],
    ["pixels", { left: 200, top: 100, right: 400, bottom: 200 }],
    ["numbers written as text", { left: "0.5", top: "50%", right: "1", bottom: "100%" }],
    ["edges left out", { left: 0.5, top: 0.5 }],
    ["edges outside of the page", { left: 200, top: 100, right: 9000, bottom: 5000 }],
  ])("crops and zooms a region given in %s", async (_, args) => {
    const { text, bytes, size } = await seen(args);
    expect(text).toBe("The page from 0.50 to 1.00 across and 0.50 to 1.00 down.");
    // Four times as large, and no larger.
    expect(size).toEqual([800, 400]);
    expect(await darkCorner(bytes ?? page)).toBe("");
  });

  test("takes pixels of the picture that was shown, which may be smaller than the page", async () => {
    const large = new Uint8Array(await cornered(3200, 1600).png().toBuffer());
    const { text } = await seen(
      { left: 400, top: 0, right: 800, bottom: 200 },
      look({ "page.png": large }, "800px"),
    );
    expect(text).toBe("The page from 0.50 to 1.00 across and 0.00 to 0.50 down.");
  });

  test.each([
    [90, "upper right", [800, 1600]],
    [180, "lower right", [1600, 800]],
    [-90, "lower left", [800, 1600]],
    [270, "lower left", [800, 1600]],
  ])("turns by %i degrees", async (rotate, corner, size) => {
    const found = await seen({ rotate });
    expect(found.size).toEqual(size);
    expect(await darkCorner(found.bytes ?? page)).toBe(corner);
    expect(found.text).toMatch(/turned by -?\d+ degrees\.$/);
  });

  test("turns by any angle, on white", async () => {
    const { bytes, size } = await seen({ rotate: 10 });
    expect(Math.max(...(size ?? []))).toBeLessThanOrEqual(1600);
    expect(await darkCorner(bytes ?? page)).toBe("");
  });

  test.each(enhancements)("enhances: %s", async (enhance) => {
    const { text, bytes } = await seen({ enhance });
    expect(text.includes(`enhanced: ${enhance}`)).toBe(enhance !== "none");
    const dark = enhance === "invert" ? "upper right, lower left, lower right" : "upper left";
    expect(await darkCorner(bytes ?? page)).toBe(dark);
  });

  test("binarize leaves black and white", async () => {
    const faded = await cornered(400, 200).linear(0.3, 120).png().toBuffer();
    const tool = look({ "page.png": new Uint8Array(faded) });
    const { bytes } = await seen({ enhance: "binarize" }, tool);
    const { data } = await sharp(bytes)
      .toColourspace("b-w")
      .raw()
      .toBuffer({ resolveWithObject: true });
    const middling = data.filter((value) => value > 30 && value < 225).length;
    expect(middling / data.length).toBeLessThan(0.02);
  });
});

describe("what cannot be shown is said, and the episode goes on", () => {
  test.each<[string, JsonObject, RegExp]>([
    ["an edge that is no number", { left: "far" }, /^Error: left must be a number\.$/],
    ["an edge that is a list", { top: [1, 2] }, /^Error: top must be a number\.$/],
    ["an edge beyond numbers", { right: "1e999" }, /^Error: right must be a number\.$/],
    ["an empty text", { left: "" }, /^Error: left must be a number\.$/],
    [
      "an empty region",
      { left: 0.5, right: 0.5 },
      /^Error: that region is empty: .* 400 x 200 pixels\.$/,
    ],
    ["a reversed region", { top: 0.9, bottom: 0.1 }, /that region is empty/],
    ["a region outside of the page", { left: 5000, top: 0, right: 6000, bottom: 100 }, /is empty/],
    [
      "an angle that is no number",
      { rotate: "left" },
      /^Error: rotate must be a number of degrees/,
    ],
    ["an angle beyond a turn", { rotate: 1e9 }, /^Error: rotate must be/],
    [
      "an unknown enhancement",
      { enhance: "magic" },
      /^Error: enhance must be one of none, contrast/,
    ],
  ])("%s", async (_, args, message) => {
    const { text, bytes } = await seen(args);
    expect(text).toMatch(message);
    expect(bytes).toBeUndefined();
  });

  test.each<[string, Readonly<Record<string, Uint8Array>>, RegExp]>([
    ["deleted the page", {}, /^Error: there is no page\.png any more\.$/],
    [
      "overwrote it with text",
      { "page.png": new TextEncoder().encode("x") },
      /page\.png: the file is no PNG/,
    ],
    ["overwrote it with a bomb", { "page.png": hollowPng(30_000, 30_000) }, /30000 x 30000 pixels/],
  ])("where the agent %s", async (_, files, message) => {
    expect((await seen({}, look(files))).text).toMatch(message);
  });
});

test("pictures stay small whatever is asked for", async () => {
  const noise = Buffer.from(Array.from({ length: 500 * 500 }, (_, i) => (i * 7919 * i) % 251));
  const bytes = await sharp(noise, { raw: { width: 500, height: 500, channels: 1 } })
    .png()
    .toBuffer();
  const found = await seen(
    { rotate: 33, enhance: "sharpen" },
    look({ "page.png": new Uint8Array(bytes) }),
  );
  expect(Math.max(...(found.size ?? []))).toBeLessThanOrEqual(1600);
  expect(found.bytes?.length).toBeLessThan(2_000_000);
});

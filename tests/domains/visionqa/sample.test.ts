import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { visionqa } from "../../../domains/visionqa/domain.ts";
import { questionsText, samplePages } from "../../../domains/visionqa/rule-agent/generate/build.ts";
import { amount, dayText } from "../../../domains/visionqa/rule-agent/generate/draw.ts";
import {
  PAGE,
  PageDrawing,
  pictureOf,
  svgOf,
} from "../../../domains/visionqa/rule-agent/generate/page-drawing.ts";

const root = fileURLToPath(new URL("../../../domains/visionqa/sample", import.meta.url));

describe("the sample", () => {
  const pages = samplePages();
  const pictures = readdirSync(join(root, "documents")).sort();

  test("asks what its script asks, byte for byte", () => {
    expect(readFileSync(join(root, "val_v1.0.json"), "utf8")).toBe(questionsText(pages));
  });

  // Letters look as the fonts of the system do, so pictures are compared by what fonts leave alone.
  test("has the pictures of its script, in their sizes and formats", async () => {
    expect(pictures).toEqual(pages.map(({ image }) => image.replace("documents/", "")).sort());
    for (const { image } of pages) {
      const { width, height, channels } = await sharp(join(root, image)).metadata();
      expect([width, height], image).toEqual([PAGE.width, PAGE.height]);
      if (image.endsWith(".jpg")) expect(channels, image).toBe(1);
    }
  });

  test("has at least 40 pages and 150 questions in at most 3 MB", () => {
    expect(pages.length).toBeGreaterThanOrEqual(40);
    expect(pages.flatMap(({ asked }) => asked).length).toBeGreaterThanOrEqual(150);
    const sizes = pictures.map((name) => statSync(join(root, "documents", name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_000_000);
  });

  test("has all kinds of documents and of questions in both halves by document", async () => {
    const dataset = await visionqa.open(undefined);
    const { data } = JSON.parse(readFileSync(join(root, "val_v1.0.json"), "utf8"));
    const kindOf = new Map<string, string>(
      data.map((row: { questionId: number; kind: string }) => [String(row.questionId), row.kind]),
    );
    for (const split of ["document-evolve", "document-test"]) {
      const tasks = await dataset.load(split, {});
      const documents = new Set(
        tasks.map((task) => /documents\/([a-z]+)/.exec(String(task.input["image"]))?.[1]),
      );
      expect([...documents].sort(), split).toEqual(["form", "invoice"]);
      const kinds = new Set(tasks.map(({ id }) => kindOf.get(id)));
      expect([...kinds].sort(), split).toEqual(["date", "key-value", "look-up", "total"]);
    }
  });

  test("prints every answer on its page", () => {
    for (const { svg, asked, name } of pages) {
      const printed = svg.replace(/<[^>]*>/g, "\n");
      for (const { question, answers } of asked)
        expect(printed, `${name}: ${question}`).toContain(answers[0]);
    }
  });

  test("has several accepted answers, pages askew, noisy and clean", () => {
    const asked = pages.flatMap((page) => page.asked);
    expect(asked.filter(({ answers }) => answers.length > 1).length).toBeGreaterThan(20);
    const messes = pages.map(({ mess }) => mess);
    expect(messes.filter(({ skew }) => Math.abs(skew) > 0.5).length).toBeGreaterThan(5);
    expect(messes.filter(({ noise }) => noise > 0.1).length).toBeGreaterThan(5);
    expect(messes.filter(({ noise }) => noise === 0).length).toBeGreaterThan(3);
  });

  test("asks nothing twice about a page", () => {
    for (const { asked, name } of pages)
      expect(new Set(asked.map(({ question }) => question)).size, name).toBe(asked.length);
  });
});

describe("the drawing", () => {
  const page = new PageDrawing();
  page.field(20, 20, 60, 30);
  const noisy = svgOf(page, { skew: 1, noise: 0.2, paper: 240 }, 7);

  test("is the same each time, and noise has its seed", async () => {
    expect(await pictureOf(noisy, "jpg")).toEqual(await pictureOf(noisy, "jpg"));
    const other = svgOf(page, { skew: 1, noise: 0.2, paper: 240 }, 8);
    expect(await pictureOf(other, "jpg")).not.toEqual(await pictureOf(noisy, "jpg"));
  });

  test("of a clean page is exact", async () => {
    const clean = svgOf(page, { skew: 0, noise: 0, paper: 255 }, 1);
    const { data, info } = await sharp(await pictureOf(clean, "png"))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const grey = (x: number, y: number) => data[(y * info.width + x) * info.channels] ?? 0;
    expect([grey(5, 5), grey(50, 35), grey(100, 70)]).toEqual([255, 226, 255]);
  });

  test("writes days and amounts as the pages do", () => {
    const day = 2019 * 336 + 11 * 28 + 26;
    expect(dayText(day)).toBe("12/27/2019");
    expect(amount(123450)).toBe("1,234.50");
  });
});

describe("the skills", () => {
  const read = (directory: string) => readFileSync(join(directory, "SKILL.md"), "utf8");

  test.each(Object.entries(visionqa.skills))(
    "%s follows the Agent Skills rules",
    (_, directory) => {
      const text = read(directory);
      const [, front = ""] = /^---\n([\s\S]*?)\n---\n/.exec(text) ?? [];
      const fields = front.split("\n").map((line) => /^(\w+): (.+)$/.exec(line)?.slice(1) ?? []);
      expect(fields.map(([name]) => name)).toEqual(["name", "description"]);
      expect(directory.endsWith(`/${fields[0]?.[1]}`)).toBe(true);
      expect(fields[1]?.[1]?.length).toBeLessThanOrEqual(1024);
      expect(text.split("\n").length).toBeLessThan(500);
    },
  );

  test("the placebo is as long as the human-written one, to 5% of its words, and is about something else", () => {
    const words = (text: string) => text.split(/\s+/).filter((word) => word !== "").length;
    const written = read(visionqa.skills["human-written"]);
    const placebo = read(visionqa.skills.placebo);
    expect(Math.abs(words(placebo) / words(written) - 1)).toBeLessThan(0.05);
    expect(placebo).not.toMatch(
      /\b(document|page|picture|question|answer|caption|column|row|zoom|print|total)\b/i,
    );
  });
});

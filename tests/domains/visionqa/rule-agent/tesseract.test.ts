import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startTesseract } from "../../../../domains/visionqa/rule-agent/tesseract.ts";

const sample = fileURLToPath(new URL("../../../../domains/visionqa/sample", import.meta.url));
const isInstalled = await import("tesseract.js").then(
  () => true,
  () => false,
);

test.skipIf(!isInstalled)(
  `a page of the sample is read with its captions, columns and amounts${isInstalled ? "" : " (skipped: tesseract.js is not installed)"}`,
  { timeout: 60_000 },
  async () => {
    const { data } = JSON.parse(readFileSync(join(sample, "val_v1.0.json"), "utf8"));
    const { image } = data.find((row: { image: string }) => /invoice.*png/.test(row.image));
    const worker = await startTesseract();
    const text = await worker.read(readFileSync(join(sample, image)));
    expect(text).toMatch(/Invoice No\.: +\d{6}/);
    expect(text).toMatch(/Description\s{2,}Qty\s{2,}Unit Price\s{2,}Amount/);
    expect(text).toMatch(/TOTAL DUE +\$[\d,]+\.\d\d/);
  },
);

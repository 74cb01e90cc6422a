/** Writes the sample of the spreadsheet domain: `npx tsx scripts/build-spreadsheet-sample.ts`. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSample } from "../domains/spreadsheet/rule-agent/generate/build.ts";

const root = fileURLToPath(new URL("../domains/spreadsheet/sample", import.meta.url));
const files = buildSample();
rmSync(root, { recursive: true, force: true });
for (const [path, content] of files) {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}
console.log(`wrote ${files.size} files to ${root}`);

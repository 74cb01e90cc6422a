/** Writes the sample of the wtq domain: `npx tsx scripts/build-wtq-sample.ts`. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSample } from "../domains/wtq/rule-agent/generate/build.ts";

const root = fileURLToPath(new URL("../domains/wtq/sample", import.meta.url));
const files = buildSample();
rmSync(root, { recursive: true, force: true });
for (const [path, text] of files) {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
console.log(`wrote ${files.size} files to ${root}`);

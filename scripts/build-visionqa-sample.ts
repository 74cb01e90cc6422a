/** Writes the sample of the visionqa domain: `npx tsx scripts/build-visionqa-sample.ts`. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSample } from "../domains/visionqa/rule-agent/generate/build.ts";

const root = fileURLToPath(new URL("../domains/visionqa/sample", import.meta.url));
const files = await buildSample();
rmSync(root, { recursive: true, force: true });
for (const [path, content] of files) {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}
console.log(`wrote ${files.size} files to ${root}`);

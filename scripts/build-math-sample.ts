/** Writes the sample of the math domain: `npx tsx scripts/build-math-sample.ts`. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSample } from "../domains/math/rule-agent/generate/build.ts";

const root = fileURLToPath(new URL("../domains/math/sample", import.meta.url));
const files = buildSample();
rmSync(root, { recursive: true, force: true });
mkdirSync(root, { recursive: true });
for (const [name, text] of files) writeFileSync(join(root, name), text);
console.log(`wrote ${files.size} files to ${root}`);

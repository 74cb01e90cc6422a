import { lstatSync, readdirSync } from "node:fs";
import path from "node:path";
import { root } from "../../scripts/lib/places.ts";
import { report } from "./measured.ts";

/** Space that the installed packages take on disk. */
let bytes = 0;
for (const name of readdirSync(path.join(root, "node_modules"), { recursive: true })) {
  const { blocks, size } = lstatSync(path.join(root, "node_modules", String(name)));
  // Windows knows no blocks.
  bytes += blocks === undefined ? size : blocks * 512;
}
const megabytes = bytes / 2 ** 20;
report({
  what: "node_modules",
  target: "< 400 MB",
  measured: `${megabytes.toFixed(0)} MB`,
  ok: megabytes < 400,
});

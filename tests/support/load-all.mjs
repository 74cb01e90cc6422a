// Loads the files that are named in a JSON list and does nothing with them.
import { readFileSync } from "node:fs";
import { register } from "tsx/esm/api";

register();
for (const file of JSON.parse(readFileSync(process.argv[2], "utf8"))) await import(file);

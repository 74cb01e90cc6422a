/** `npx tsx scripts/build-sample.ts DOMAIN`: writes the shipped sample of a domain anew, the same bytes each time. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { domainCalled } from "./lib/domains.ts";
import { exitCodes, runMain } from "./lib/main.ts";

await runMain(async () => {
  const { sample } = domainCalled(process.argv[2] ?? "");
  const files = await sample.build();
  rmSync(sample.directory, { recursive: true, force: true });
  for (const [path, content] of files) {
    const target = join(sample.directory, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  console.log(`wrote ${files.size} files to ${sample.directory}`);
  return exitCodes.ok;
});

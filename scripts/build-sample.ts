/** `npx tsx scripts/build-sample.ts DOMAIN`: writes the shipped sample of a domain anew, the same bytes each time. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../harness/errors.ts";
import { domainCalled } from "./lib/domains.ts";
import { exitCodes, runMain } from "./lib/main.ts";

await runMain(async () => {
  const domain = domainCalled(process.argv[2] ?? "");
  const { sample } = domain;
  if (sample === undefined)
    throw new InputError({
      where: domain.name,
      problem: "its sample is not made by a program",
      fix: "Choose another domain.",
    });
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

/** `npm run data -- list|fetch|verify [NAME]`: the real data sets on this machine. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { ARCHIVE } from "../domains/wtq/source.ts";
import { InputError } from "../harness/errors.ts";
import { fetchWtq, WTQ_ADDRESS } from "./lib/data/fetch-wtq.ts";
import { readManifest } from "./lib/data/manifest.ts";
import { verifyWtq } from "./lib/data/verify-wtq.ts";
import { exitCodes, runMain } from "./lib/main.ts";
import { dataDir } from "./lib/places.ts";

interface Flags {
  readonly dataDir?: string;
  readonly json?: boolean;
  readonly from?: string;
}

const known = {
  wtq: {
    title: "WikiTableQuestions 1.0.2 (Pasupat and Liang, ACL 2015), CC BY-SA 4.0",
    address: WTQ_ADDRESS,
    manifest: fileURLToPath(new URL("../domains/wtq/upstream.sha256", import.meta.url)),
  },
} as const;

type Name = keyof typeof known;

let exitCode: number = exitCodes.ok;
const where = [
  "--data-dir <dir>",
  "where data sets lie (default: T2S_DATA_DIR, else data)",
] as const;
const program = new Command("data")
  .description("Lists, fetches and checks real data sets.")
  .addHelpText(
    "after",
    "\nExit codes: 0 all well, 1 a file is missing or wrong, 2 bad input or no way to fetch.",
  )
  .exitOverride();

program
  .command("list")
  .description("what is known, and what is here")
  .option(...where)
  .option("--json", "print JSON")
  .action((flags: Flags) => {
    const rows = namesOf(undefined).map((name) => {
      const path = join(dataDir(flags.dataDir), name);
      return {
        name,
        title: known[name].title,
        from: known[name].address,
        path,
        present: isThere(path),
      };
    });
    print(flags, rows, () =>
      rows.map(
        (it) =>
          `${it.name}  ${it.title}\n  ${it.present ? `in ${it.path}` : `not in ${it.path}: npm run data -- fetch ${it.name}`}`,
      ),
    );
  });

program
  .command("fetch")
  .description("download a data set from its upstream, checked and resumable")
  .argument("[name]", "data set; all when left out")
  .option(...where)
  .option("--from <url>", "another address that serves the same files")
  .option("--json", "print JSON")
  .action(async (name: string | undefined, flags: Flags) => {
    for (const set of namesOf(name)) {
      const into = join(dataDir(flags.dataDir), set);
      const report = await fetchWtq({
        from: addressOf(flags.from ?? known[set].address),
        into,
        manifest: readManifest(known[set].manifest),
        onProgress: progress(set),
      });
      print(flags, { name: set, path: into, ...report }, () => [
        `${set}: ${report.downloaded} files fetched, ${report.kept} there already, in ${into}`,
        ...report.unchecked.map((path) => `${path}: not checked, no digest is known for it`),
      ]);
    }
  });

program
  .command("verify")
  .description("recompute the digests of a data set; exit code 1 when a file is missing or wrong")
  .argument("[name]", "data set; all when left out")
  .option(...where)
  .option("--json", "print JSON")
  .action(async (name: string | undefined, flags: Flags) => {
    for (const set of namesOf(name)) {
      const report = await verifyWtq(
        join(dataDir(flags.dataDir), set),
        readManifest(known[set].manifest),
      );
      if (!report.ok) exitCode = exitCodes.failed;
      print(flags, report, () =>
        report.path === undefined
          ? [
              `${set}: not in ${join(dataDir(flags.dataDir), set)}. Fetch it with npm run data -- fetch ${set}.`,
            ]
          : [
              `${set}: ${report.right} files right, ${report.missing.length} missing, ${report.wrong.length} wrong, ${report.unchecked.length} unchecked, in ${report.path}`,
              ...report.missing.slice(0, 10).map((path) => `missing: ${path}`),
              ...report.wrong.slice(0, 10).map((path) => `wrong: ${path}`),
              ...report.unchecked.map((path) => `unchecked (no digest is known): ${path}`),
            ],
      );
    }
  });

await runMain(async () => {
  await program.parseAsync(process.argv);
  return exitCode;
});

function namesOf(name: string | undefined): readonly Name[] {
  const all = Object.keys(known) as Name[];
  const chosen = all.filter((it) => name === undefined || it === name);
  if (chosen.length > 0) return chosen;
  throw new InputError({
    where: "NAME",
    problem: `there is no data set ${JSON.stringify(name)}`,
    fix: `Choose one of ${all.join(", ")}.`,
  });
}

function isThere(path: string): boolean {
  return existsSync(join(path, ARCHIVE)) || existsSync(join(path, "data"));
}

function addressOf(text: string): string {
  if (!URL.canParse(text))
    throw new InputError({
      where: "--from",
      problem: `${JSON.stringify(text)} is no address`,
      fix: "Give one that starts with http:// or https://.",
    });
  return text.endsWith("/") ? text : `${text}/`;
}

/** A line a tenth of the way, so that logs stay short. */
function progress(name: string): (done: number, all: number) => void {
  let shown = 0;
  return (done, all) => {
    const tenth = Math.floor((done * 10) / all);
    if (tenth === shown) return;
    shown = tenth;
    console.error(`${name}: ${done} of ${all} files`);
  };
}

function print(flags: Flags, value: unknown, lines: () => readonly string[]): void {
  console.log(flags.json ? JSON.stringify(value, null, 2) : lines().join("\n"));
}

/** `npm run data -- list|fetch|verify [NAME]`: the real data sets on this machine. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import type { DataSet, VerifyReport } from "../harness/contracts/index.ts";
import { InputError } from "../harness/errors.ts";
import { download } from "./lib/data/download.ts";
import { domains } from "./lib/domains.ts";
import { exitCodes, runMain } from "./lib/main.ts";
import { dataDir } from "./lib/places.ts";

interface Flags {
  readonly dataDir?: string;
  readonly json?: boolean;
  readonly from?: string;
}

/** Every data set, by the name it is called here. */
const dataSets: Readonly<Record<string, DataSet>> = Object.assign(
  {},
  ...Object.values(domains).map((domain) => domain.dataSets),
);
let exitCode: number = exitCodes.ok;
/** A command of the program, with the flags that all of them have. */
const add = (name: string, description: string) =>
  program
    .command(name)
    .description(description)
    .option("--data-dir <dir>", "where data sets lie (default: T2S_DATA_DIR, else data)")
    .option("--json", "print JSON");
const program = new Command("data")
  .description("Lists, fetches and checks real data sets.")
  .addHelpText(
    "after",
    "\nExit codes: 0 all well, 1 a file is missing or wrong, 2 bad input or no way to fetch.",
  )
  .exitOverride();

add("list", "what is known, and what is here").action((flags: Flags) => {
  const rows = Object.entries(dataSets).map(([name, set]) => {
    const path = join(dataDir(flags.dataDir), set.folder);
    const present = set.isThere(path);
    const get = set.byHand ?? `npm run data -- fetch ${name}`;
    return { name, title: set.title, from: set.address ?? null, path, present, get };
  });
  print(flags, rows, () =>
    rows.map(
      ({ name, title, path, present, get }) =>
        `${name}  ${title}\n  ${present ? `in ${path}` : `not in ${path}: ${get}`}`,
    ),
  );
});

add("fetch", "download a data set from its upstream, checked and resumable")
  .argument("<name>", `one of ${Object.keys(dataSets).join(", ")}`)
  .option("--from <url>", "another address that serves the same files")
  .action(async (name: string, flags: Flags) => {
    const set = setCalled(name);
    const { address, byHand, folder } = set;
    // A fetch makes the directory that it is given.
    if (flags.dataDir !== undefined) mkdirSync(flags.dataDir, { recursive: true });
    const into = join(dataDir(flags.dataDir), folder);
    if (set.fetch === undefined || address === undefined)
      throw new InputError({
        where: name,
        problem: "nobody serves it to a program",
        fix: byHand ?? "Put it there by hand.",
      });
    const from = addressOf(flags.from ?? address);
    const report = await set.fetch({ from, into, download, onProgress: progress(name) });
    print(flags, { name, path: into, ...report }, () => [
      `${name}: ${report.downloaded} files fetched, ${report.kept} there already, in ${into}`,
      ...report.unchecked.map((path) => `${path}: not checked, no digest is known for it`),
    ]);
  });

add("verify", "recompute the digests of a data set; exit code 1 when a file is missing or wrong")
  .argument("[name]", "data set; those that are there when left out")
  .action(async (name: string | undefined, flags: Flags) => {
    const directoryOf = ({ folder }: DataSet) => join(dataDir(flags.dataDir), folder);
    const sets =
      name === undefined
        ? Object.values(dataSets).filter((set) => set.isThere(directoryOf(set)))
        : [setCalled(name)];
    const reports = await Promise.all(sets.map((set) => set.verify(directoryOf(set))));
    if (reports.length === 0 || reports.some(({ ok }) => !ok)) exitCode = exitCodes.failed;
    print(flags, name === undefined ? reports : reports[0], () =>
      reports.length === 0
        ? [
            `No data set is in ${dataDir(flags.dataDir)}. npm run data -- list says how to get them.`,
          ]
        : reports.flatMap(linesOf),
    );
  });

function linesOf(report: VerifyReport): readonly string[] {
  const { name, path, right, missing, wrong, unchecked } = report;
  if (path === undefined) return [`${name}: not there. npm run data -- list says how to get it.`];
  return [
    `${name}: ${right} files right, ${missing.length} missing, ${wrong.length} wrong, ${unchecked.length} unchecked, in ${path}`,
    ...missing.slice(0, 10).map((file) => `missing: ${file}`),
    ...wrong.slice(0, 10).map((file) => `wrong: ${file}`),
    ...unchecked.map((file) => `unchecked (no digest is known): ${file}`),
  ];
}

await runMain(async () => {
  await program.parseAsync(process.argv);
  return exitCode;
});

function setCalled(name: string): DataSet {
  const set = Object.hasOwn(dataSets, name) ? dataSets[name] : undefined;
  if (set !== undefined) return set;
  throw new InputError({
    where: "NAME",
    problem: `there is no data set ${JSON.stringify(name)}`,
    fix: `Choose one of ${Object.keys(dataSets).join(", ")}.`,
  });
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

import os from "node:os";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";
import { InputError } from "../../harness/errors.ts";
import { exitCodes, runMain } from "../../scripts/lib/main.ts";
import { findingsIn, type Measured } from "./measured.ts";
import { wholeProcess } from "./whole-process.ts";

/** The benchmarks, each a script of this folder that is run in a process of its own. */
const names = [
  "start-up",
  "model-calls",
  "episodes",
  "stored-rows",
  "memory",
  "grading",
  "grading-spreadsheets",
  "installed-size",
];

const usage = `Usage: npm run bench:speed -- [NAME...]

Benchmarks of the harness itself, printed beside what they should be; all of them without a NAME.
Names: ${names.join(", ")}.
Times depend on what else the machine does: the load is printed with them.

Exit codes: 0 done, 1 a target was missed or a benchmark failed, 2 bad input.
`;

await runMain(async () => {
  const asked = process.argv.slice(2);
  if (asked.includes("--help")) {
    process.stdout.write(usage);
    return exitCodes.ok;
  }
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new InputError({
      where: unknown,
      problem: "there is no such benchmark",
      fix: `Name one of ${names.join(", ")}.`,
    });
  }
  const findings: Measured[] = [];
  for (const name of asked.length > 0 ? asked : names) {
    process.stderr.write(`${name} ...\n`);
    const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
    const { stdout } = await wholeProcess(process.execPath, ["--import", "tsx", script]);
    findings.push(...findingsIn(stdout));
  }
  const table = new Table({ head: ["", "target", "measured", "ok"], style: { head: [] } });
  for (const { what, target, measured, ok } of findings)
    table.push([what, target, measured, ok === undefined ? "" : ok ? "yes" : "NO"]);
  const [one = 0, five = 0] = os.loadavg();
  process.stdout.write(
    `${table.toString()}\n${os.cpus().length} processors, Node ${process.versions.node}, load ${one.toFixed(1)} (${five.toFixed(1)} over five minutes)\n`,
  );
  return findings.some(({ ok }) => ok === false) ? exitCodes.failed : exitCodes.ok;
});

import { existsSync } from "node:fs";
import { Command } from "commander";
import type { CaseGrader, CaseGraderOptions, Verdict } from "../harness/contracts/index.ts";
import { InputError } from "../harness/errors.ts";
import { domainCalled, domains } from "./lib/domains.ts";
import { linesOf } from "./lib/lines.ts";
import { exitCodes, runMain } from "./lib/main.ts";

const forms = Object.values(domains).map(({ name, caseHelp }) => `  ${name}: ${caseHelp}`);
const command = new Command("grade")
  .usage("-- DOMAIN CASES.jsonl")
  .description("Grades predictions made elsewhere, one verdict a line, in the order of the cases.")
  .argument("<domain>", `one of ${Object.keys(domains).join(", ")}`)
  .argument("<cases>", "JSON lines, as below; - for standard input")
  .option("--grader <name>", "one of the domain's graders, where it has several")
  .option("--root <dir>", "the directory that paths of the cases are below (default .)")
  .addHelpText("after", `\nA case, by domain:\n${forms.join("\n")}`)
  .addHelpText(
    "after",
    "\nPrints {id, passed, score, because} a line. Exit codes: 0 all graded, 2 bad input.",
  )
  .exitOverride();

/** Cases that may be under way at once; enough for every thread to have work. */
const mostAhead = 64;

await runMain(async () => {
  command.parse(process.argv);
  const [domain = "", file = ""] = command.args;
  const { openCaseGrader } = domainCalled(domain);
  if (file !== "-" && !existsSync(file))
    throw new InputError({
      where: file,
      problem: "there is no such file",
      fix: "Name a file of JSON lines.",
    });

  const opened = await openCaseGrader(command.opts<CaseGraderOptions>());
  try {
    await gradeLines(file, opened);
  } finally {
    await opened.close?.();
  }
  return exitCodes.ok;
});

/** Prints the verdicts in the order of the cases; those before a line that is wrong are kept. */
async function gradeLines(file: string, grader: CaseGrader): Promise<void> {
  const ahead: (Verdict | Promise<Verdict>)[] = [];
  let pending = "";
  const print = (verdict: Verdict) => {
    pending += `${JSON.stringify(verdict)}\n`;
    if (pending.length <= 1 << 16) return;
    process.stdout.write(pending);
    pending = "";
  };
  const lineOf = new Map<unknown, number>();
  const refuseSecond = (value: unknown, number: number) => {
    const id = (value as Partial<Verdict> | null)?.id;
    const earlier = id === undefined ? undefined : lineOf.get(id);
    lineOf.set(id, number);
    if (earlier === undefined) return;
    throw new InputError({
      where: `${file}:${number}`,
      field: "id",
      problem: `${JSON.stringify(id)} was used before, on line ${earlier}`,
      fix: "Give every case an id of its own.",
    });
  };
  const printAhead = async (most: number) => {
    for (let next = ahead.shift(); next !== undefined; next = ahead.shift()) {
      print(await next);
      if (ahead.length <= most) return;
    }
  };
  try {
    for await (const [number, line] of linesOf(file)) {
      if (line.trim() === "") continue;
      const where = `${file}:${number}`;
      const value = parse(line, where);
      refuseSecond(value, number);
      const verdict = grader.grade(value, where);
      if (verdict instanceof Promise) {
        // Whoever awaits it hears of its failure; until then nobody is surprised by it.
        verdict.catch(() => {});
        ahead.push(verdict);
        if (ahead.length > mostAhead) await printAhead(mostAhead);
      } else print(verdict);
    }
    if (lineOf.size === 0)
      throw new InputError({
        where: file,
        problem: "there are no cases in it",
        fix: "Write one case a line.",
      });
  } finally {
    try {
      await printAhead(0);
    } finally {
      process.stdout.write(pending);
    }
  }
}

function parse(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new InputError({
      where,
      problem: "not a JSON object on one line",
      fix: "Write one case a line.",
      cause,
    });
  }
}

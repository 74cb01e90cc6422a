import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Row } from "../../harness/contracts/index.ts";
import { publicEntry } from "../../harness/models/registry.ts";
import { type Format, formats } from "../../harness/report/formats.ts";
import { buildLadder, hasLadder } from "../../harness/report/ladder.ts";
import { renderLadder } from "../../harness/report/ladder-text.ts";
import { writeRows } from "../../harness/report/rows-file.ts";
import type { Table } from "../../harness/report/table.ts";
import type { TableInput } from "../../harness/report/table-input.ts";
import { renderTable } from "../../harness/report/table-text.ts";
import { hasTransfer } from "../../harness/report/transfer/transfer.ts";
import { sourceKey } from "../../harness/study/arms.ts";
import type { Cell } from "../../harness/study/execute.ts";
import { onceEach, takenBy } from "../../harness/study/spending.ts";
import { replaceFile, root } from "./places.ts";
import type { Session } from "./session.ts";
import { writeEvolution } from "./write-evolution.ts";

/** What a study leaves in memory when it is done. */
export interface FinishedStudy {
  readonly cells: readonly Cell[];
  readonly input: TableInput;
  readonly table: Table;
  /** The table in formats that were printed already. */
  readonly printed: Readonly<Partial<Record<Format, string>>>;
}

/**
 * Writes what people look at: the facts (`rows.json`), the table in every format, the ladder of an
 * ablation, the manifest, the evolved skills with their accounts, and the comparisons with the paper and
 * between models.
 *
 * @returns what a terminal is shown beside the table, in order: names of files and their texts.
 * @throws {InputError} where the study's names are not those of the paper's table, when all else is written.
 */
export async function writeRun(
  out: string,
  session: Session,
  { cells, input, table, printed }: FinishedStudy,
): Promise<readonly (readonly [file: string, text: string])[]> {
  mkdirSync(out, { recursive: true });
  const beside: [string, string][] = [];
  const where = path.join(out, "rows.json");
  const write = (stem: string, format: Format, text: string) => {
    const file = `${stem}.${format === "terminal" ? "txt" : format}`;
    replaceFile(path.join(out, file), text);
    if (format === "terminal" && stem !== "table") beside.push([file, text]);
  };
  replaceFile(where, writeRows(input));
  for (const format of formats)
    write("table", format, printed[format] ?? renderTable(table, format));
  if (hasLadder(input)) {
    const ladder = buildLadder(input);
    for (const format of formats) write("ladder", format, renderLadder(ladder, format));
  }
  const skills = await writeSkills(path.join(out, "skills"), cells, session.costOf);
  replaceFile(
    path.join(out, "manifest.json"),
    `${JSON.stringify(manifestOf(session, cells, skills), null, 2)}\n`,
  );
  if (hasTransfer(input)) {
    const { buildTransfer } = await import("../../harness/report/transfer/transfer.ts");
    const { renderTransfer } = await import("../../harness/report/transfer/transfer-text.ts");
    const transfer = buildTransfer([{ input, table, where }]);
    replaceFile(path.join(out, "transfer.md"), renderTransfer(transfer, "md"));
  }
  const { paper } = session.context.study;
  if (paper !== undefined) {
    const { paperTable } = await import("./paper-table.ts");
    const { compareWithPaper } = await import("../../harness/report/paper/compare.ts");
    const { renderCompared } = await import("../../harness/report/paper/compared-text.ts");
    const comparison = compareWithPaper(paperTable(paper), input, table, where);
    for (const format of formats) write("paper", format, renderCompared(comparison, format));
  }
  return beside;
}

/** A written skill: its digest, and what it took to make. */
type WrittenSkill = ReturnType<typeof makingOf> & { readonly digest: string };

/** Every evolved or drafted skill once, under the name of its source and seed. */
async function writeSkills(
  dir: string,
  cells: readonly Cell[],
  costOf: Session["costOf"],
): Promise<Record<string, WrittenSkill>> {
  const written: Record<string, WrittenSkill> = {};
  for (const { arm, seed, resolved } of cells) {
    if (arm.source.kind !== "draft" && arm.source.kind !== "evolved") continue;
    if (resolved.skill === undefined) continue;
    // A skill that was chosen among several evolutions serves every seed.
    const ending = resolved.candidates === undefined ? `-seed-${seed}` : "";
    const name = `${sourceKey(arm.source).replaceAll(" ", "-")}${ending}`;
    if (written[name] !== undefined) continue;
    written[name] = {
      digest: resolved.skill.digest,
      ...makingOf(resolved.made ?? [], costOf),
    };
    await writeEvolution(path.join(dir, name), resolved);
  }
  return written;
}

/**
 * What units took that made a skill. `unitSeconds`: of all added up, whether they ran side by side or one after
 * another; `wallSeconds`: from the first that was finished to the last, of a run that was stopped with the pause.
 */
function makingOf(made: readonly Row[], costOf: Session["costOf"]) {
  const rows = onceEach(made);
  const { unmetered: _, costUsd, ...taken } = takenBy(rows, costOf);
  const finished = rows.map(({ at }) => Date.parse(at));
  const unitMs = rows.reduce((total, { elapsedMs }) => total + elapsedMs, 0);
  const wallMs = rows.length === 0 ? 0 : Math.max(...finished) - Math.min(...finished);
  return {
    ...{ units: rows.length, ...taken, costUsd },
    unitSeconds: Math.round(unitMs) / 1000,
    wallSeconds: wallMs / 1000,
  };
}

function manifestOf(
  session: Session,
  cells: readonly Cell[],
  skills: Record<string, WrittenSkill>,
) {
  const { context } = session;
  const { study, data, splits, limits, sandboxes, domain, models } = context;
  const given = cells.flatMap(({ arm, resolved }) =>
    arm.source.kind === "given" && resolved.skill !== undefined
      ? [[arm.source.name, resolved.skill.digest]]
      : [],
  );
  return {
    study: {
      ...study,
      models: Object.fromEntries(
        Object.entries(study.models).map(([id, entry]) => [id, publicEntry(entry)]),
      ),
      evolution: context.presetOf(null),
      ...(study.variants === undefined
        ? {}
        : {
            variants: Object.fromEntries(
              Object.keys(study.variants).map((name) => [name, context.presetOf(name)]),
            ),
          }),
    },
    domain: { name: domain.name, grader: domain.grader },
    data: { name: data.name, real: data.real, digest: data.digest },
    splits: splits.map(
      ({ name, domain: own, from, options, measure, samples, tasks, leftOut, direct }) => ({
        ...{ name, domain: own.name, grader: own.grader, from, options, measure, samples },
        interaction: direct === undefined ? "agent" : "direct",
        ...{ leftOut, tasks: tasks.length },
        groups: new Set(tasks.map(({ group }) => group)).size,
        digest: createHash("sha256")
          .update(tasks.map(({ id }) => id).join("\n"))
          .digest("hex"),
      }),
    ),
    models: Object.fromEntries([...models].map(([id, model]) => [id, model.identity])),
    agent: limits,
    sandbox: sandboxes.name,
    skills: {
      ...Object.fromEntries(given),
      ...Object.fromEntries(Object.entries(skills).map(([name, { digest }]) => [name, digest])),
    },
    making: Object.fromEntries(
      Object.entries(skills).map(([name, { digest: _, ...making }]) => [name, making]),
    ),
    spent: session.spending.byStage(),
    versions: { trace2skill: packageVersion(), node: process.version, commit: commit() },
    machine: { platform: process.platform, arch: process.arch, cpus: os.cpus().length },
    finishedAt: context.clock.nowIso(),
  };
}

function packageVersion(): string {
  return String(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")).version);
}

/** The commit of the repository, with `+changes` where files differ from it; null outside of git. */
function commit(): string | null {
  try {
    const git = (...args: string[]) =>
      execFileSync("git", args, {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
    const changes = git("status", "--porcelain", "--untracked-files=no").trim();
    return git("rev-parse", "HEAD").trim() + (changes === "" ? "" : "+changes");
  } catch {
    return null;
  }
}

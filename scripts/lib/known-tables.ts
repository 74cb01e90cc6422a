import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { digestOf, sha256 } from "../../harness/canonical.ts";
import type { Domain } from "../../harness/contracts/index.ts";
import { nothingSpent } from "../../harness/models/spent.ts";
import { openStore, type Store } from "../../harness/store/store.ts";
import type { Study } from "../../harness/study/config/read-study.ts";
import { modelsOf } from "../../harness/study/context.ts";
import { domainsIn } from "../../harness/study/select-tasks.ts";
import { domains } from "./domains.ts";
import { keysFor, type SessionFlags } from "./flags.ts";
import { systemClock } from "./main.ts";
import { dataFoldersOf, root } from "./places.ts";

/** The last stage of a study: its row says which files hold the tables that were computed. */
const stage = "table";

const resultSchema = z.object({
  notes: z.array(z.string()),
  /** What a terminal is shown, in order, and the table as JSON: names of files, with digests of what was written. */
  terminal: z.array(z.tuple([z.string(), z.string()])),
  json: z.array(z.tuple([z.string(), z.string()])),
});

/**
 * Key of everything that decides a study's table: the study, its models, data, given skills and the
 * project's own code, the last three by names, sizes and times of their files.
 *
 * @throws {InputError} when a model's key is missing.
 */
export function tableKey(study: Study, flags: SessionFlags): string {
  const { file, placeOf, ...asked } = study;
  const models = modelsOf(study, { env: process.env, keys: keysFor(flags) });
  const code = ["harness", "domains", "scripts", "package-lock.json"];
  const inputs = {
    study: asked,
    limit: flags.limit,
    models: [...models].map(([id, { identity }]) => [id, identity]),
    data: [...domainsIn(study)]
      .flatMap((name) => dataFoldersOf(flags.dataDir, domains[name] as Domain))
      .map(fingerprintOf),
    skills: Object.values(study.skills).map((dir) => fingerprintOf(path.resolve(dir ?? ""))),
    code: code.map((place) => fingerprintOf(path.join(root, place))),
  };
  return digestOf([stage, 1, inputs]);
}

/**
 * Notes and tables of a study that was done before with the same inputs, if the store knows of it and the
 * files are still what was written. Otherwise the study is gone through again, unit by unit.
 */
export function recallTables(
  out: string,
  storeDir: string,
  key: string,
  format: "terminal" | "json",
): { readonly notes: readonly string[]; readonly text: string } | undefined {
  if (!existsSync(path.join(storeDir, stage))) return undefined;
  const row = openStore(storeDir, "reader").get(stage, key);
  const known = resultSchema.safeParse(row?.result).data;
  if (known === undefined) return undefined;
  const texts = [...known.terminal, ...known.json].map(([name, digest]) => {
    const file = path.join(out, name);
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    return sha256(text) === digest ? text : undefined;
  });
  if (texts.includes(undefined)) return undefined;
  const split = known.terminal.length;
  const shown = format === "terminal" ? texts.slice(0, split) : texts.slice(split);
  return { notes: known.notes, text: shown.join("\n") };
}

/** Remembers that a study is done, after its tables were written. */
export async function rememberTables(
  store: Store,
  at: { readonly out: string; readonly key: string; readonly study: string },
  { notes, files }: { readonly notes: readonly string[]; readonly files: readonly string[] },
): Promise<void> {
  if (store.get(stage, at.key) !== undefined) return;
  const digested = (name: string) => [name, sha256(readFileSync(path.join(at.out, name), "utf8"))];
  await store.append({
    ...{ key: at.key, stage, at: systemClock.nowIso(), about: { study: at.study } },
    result: { notes, terminal: files.map(digested), json: [digested("table.json")] },
    ...{ spent: nothingSpent, elapsedMs: 0 },
  });
}

/**
 * A digest that changes when a file below a directory is added, removed, renamed, resized or
 * written: from names, sizes and times, without reading any file.
 *
 * @param place a directory or a file; one that is not there, or leads nowhere, has a fingerprint too.
 */
export function fingerprintOf(place: string): string {
  const hash = createHash("sha256");
  const walk = (at: string): void => {
    const stat = statOf(at);
    if (stat === undefined) return;
    if (!stat.isDirectory()) {
      hash.update(`${path.relative(place, at)}\0${stat.size}\0${stat.mtimeMs}\n`);
      return;
    }
    for (const name of readdirSync(at).sort()) walk(path.join(at, name));
  };
  walk(place);
  return hash.digest("hex");
}

/** Whoever reads the file will say what is wrong with it. */
function statOf(place: string): Stats | undefined {
  try {
    return statSync(place, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

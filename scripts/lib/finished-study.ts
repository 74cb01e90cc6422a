import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { digestOf, sha256 } from "../../harness/canonical.ts";
import type { Domain } from "../../harness/contracts/index.ts";
import { openAiIdentity } from "../../harness/models/openai/config.ts";
import type { Study } from "../../harness/study/config/read-study.ts";
import { domainsIn } from "../../harness/study/select-tasks.ts";
import { domains } from "./domains.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { modelConfigs } from "./model-configs.ts";
import { dataFoldersOf, root } from "./places.ts";
import { replaceFile } from "./replace-file.ts";
import type { SessionFlags } from "./session.ts";

/** Notes and tables of a study that is done. */
export interface FinishedTables {
  readonly notes: readonly string[];
  readonly terminal: string;
  readonly json: string;
}

const fileName = "finished.json";
const schema = z.object({
  inputs: z.string(),
  notes: z.array(z.string()),
  /** What a terminal is shown, in order, and the table as JSON: names of files, with digests of what was written. */
  terminal: z.array(z.tuple([z.string(), z.string()])),
  json: z.array(z.tuple([z.string(), z.string()])),
  /** Journals of the store when the study was done, with their sizes. */
  journals: z.array(z.tuple([z.string(), z.number()])),
});

/**
 * Digest of everything that decides a study's table: the study, its models without their keys, data,
 * given skills and the project's own code, the last three by names, sizes and times of their files.
 */
export function inputsOf(study: Study, flags: SessionFlags): string {
  const { file, placeOf, ...asked } = study;
  const models = [...modelConfigs(study, process.env)].map(([id, config]) => [
    id,
    config.provider === "openai" ? { ...openAiIdentity(config), price: config.price } : config,
  ]);
  const code = ["harness", "domains", "scripts", "package-lock.json"];
  return digestOf({
    study: asked,
    limit: flags.limit,
    models,
    data: [...domainsIn(study)]
      .flatMap((name) => dataFoldersOf(flags.dataDir, domains[name] as Domain))
      .map(fingerprintOf),
    skills: Object.values(study.skills).map((dir) => fingerprintOf(path.resolve(dir ?? ""))),
    code: code.map((place) => fingerprintOf(path.join(root, place))),
  });
}

/**
 * The tables of a study that was done before with the same inputs, if they are still what was
 * written and the store still holds what they were computed from.
 *
 * Nothing else is trusted: on any difference the study is gone through again, unit by unit.
 */
export function recallTables(
  out: string,
  storeDir: string,
  inputs: string,
): FinishedTables | undefined {
  const finished = readFinished(path.join(out, fileName));
  if (finished === undefined || finished.inputs !== inputs) return undefined;
  const stillThere = finished.journals.every(([name, size]) => {
    const stat = statSync(path.join(storeDir, name), { throwIfNoEntry: false });
    return stat !== undefined && stat.size >= size;
  });
  if (!stillThere) return undefined;
  const read = (files: readonly (readonly [string, string])[]): string | undefined => {
    const texts = files.map(([name, digest]) => {
      const file = path.join(out, name);
      const text = existsSync(file) ? readFileSync(file, "utf8") : "";
      return sha256(text) === digest ? text : undefined;
    });
    return texts.includes(undefined) ? undefined : texts.join("\n");
  };
  const [terminal, json] = [read(finished.terminal), read(finished.json)];
  if (terminal === undefined || json === undefined) return undefined;
  return { notes: finished.notes, terminal, json };
}

/** Remembers that a study is done, after its tables were written. */
export function rememberFinished(
  out: string,
  storeDir: string,
  {
    inputs,
    notes,
    files,
  }: {
    readonly inputs: string;
    readonly notes: readonly string[];
    readonly files: readonly string[];
  },
): void {
  const digested = (name: string) => [name, sha256(readFileSync(path.join(out, name), "utf8"))];
  replaceFile(
    path.join(out, fileName),
    `${JSON.stringify({
      inputs,
      notes,
      terminal: files.map(digested),
      json: ["table.json"].map(digested),
      journals: journalsOf(storeDir),
    })}\n`,
  );
}

function journalsOf(storeDir: string): [string, number][] {
  return readdirSync(storeDir, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .map((name) => [name, statSync(path.join(storeDir, name)).size]);
}

function readFinished(file: string): z.infer<typeof schema> | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // A record that cannot be read costs time, not truth: the study is gone through again.
    return undefined;
  }
}

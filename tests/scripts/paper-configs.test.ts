import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { armsOf } from "../../harness/study/arms.ts";
import { resolvePreset } from "../../harness/study/config/preset-schema.ts";
import { readModels } from "../../harness/study/config/read-study.ts";
import type { SplitEntry } from "../../harness/study/config/schema.ts";
import { readStudyFile } from "../../scripts/lib/flags.ts";
import { command, openWorkspace, root } from "../support/commands.ts";
import { paperTables, published } from "../support/paper/figures.ts";

const work = openWorkspace();
afterAll(work.remove);

const fileOf = (table: string) => path.join(root, "configs/paper", `${table}.yaml`);
const modelsFile = (name: string) => path.join(root, "configs/models", `${name}.yaml`);
const studyOf = (table: string, models?: string) =>
  readStudyFile(fileOf(table), { set: [], ...(models === undefined ? {} : { models }) });

const studies = await Promise.all(
  paperTables.map(async (table) => [table, await studyOf(table)] as const),
);

describe.each(studies)("%s", (table, study) => {
  const paper = published(table);
  const arms = armsOf(study);

  test("has an arm for every cell of the paper's table, and for what its differences are against", () => {
    for (const { study: condition, author, against } of paper.rows) {
      for (const { name: user } of paper.users) {
        for (const { id: split } of paper.columns) {
          const by = author ?? (paper.authorIsUser ? user : null);
          const has = (wanted: string) =>
            arms.some(
              (arm) =>
                arm.condition === wanted &&
                arm.user === user &&
                arm.split === split &&
                (arm.author === null || by === null || arm.author === by),
            );
          expect([condition, user, split, has(condition)]).toEqual([condition, user, split, true]);
          if (against !== null) expect([against, has(against)]).toEqual([against, true]);
        }
      }
    }
  });

  test("evaluates no skill on a user that the table does not have", () => {
    if (!paper.authorIsUser) return;
    expect(arms.filter(({ author, user }) => author !== null && author !== user)).toEqual([]);
  });

  test("has the paper's setting", () => {
    expect(study).toMatchObject({ paper: table, seeds: [41, 42, 43], agent: { turns: 100 } });
    expect(resolvePreset(study.evolution)).toMatchObject({
      ...{ evolutionSeeds: 3, selectOn: "evolve", fanIn: 32, gate: "none", turns: 100 },
    });
    const splits = study.splits as Readonly<Record<string, SplitEntry>>;
    if (paper.columns.some(({ id }) => id === "wikitq"))
      expect(splits["wikitq"]).toMatchObject({ domain: "wtq", render: "xlsx" });
    if (paper.columns.some(({ id }) => id === "aime")) expect(splits["aime"]?.samples).toBe(8);
  });

  test("every call of many turns is the author's in instruct mode, every single call thinking", () => {
    const models = readModels({
      file: "qwen3.5.yaml",
      text: readFileSync(modelsFile("qwen3.5"), "utf8"),
    });
    const thinks = (name: string | undefined) => {
      const model = models[name ?? ""];
      if (model?.provider !== "openai") throw new Error(`no model ${name}`);
      return JSON.stringify(model.extraBody).includes('"enable_thinking":true');
    };
    for (const user of [...study.users, ...study.authors]) expect(thinks(user)).toBe(false);
    expect(study.roles["error-analyst"]).toBeUndefined();
    const byRole = Object.entries(study.roles);
    expect(byRole.map(([role]) => role)).toEqual(
      expect.arrayContaining(["propose", "merge", "repair"]),
    );
    for (const [, named] of byRole) {
      if (typeof named === "string") throw new Error("a role is played by its own author's model");
      expect(Object.keys(named)).toEqual([...study.authors]);
      for (const [author, name] of Object.entries(named)) {
        expect(thinks(name)).toBe(true);
        const [own, other] = [models[author], models[name]];
        expect(own?.name).toBe(other?.name);
      }
    }
  });

  test("calls, tokens and cost are known beforehand, with prices of one's own", async () => {
    const priced = ["122B", "122B-thinking", "35B", "35B-thinking"].flatMap((model) => [
      "--set",
      `models.${model}.price={ input: 1, output: 4 }`,
    ]);
    const plan = await command(
      "bench",
      [
        ...[fileOf(table), "--models", modelsFile("qwen3.5"), ...priced],
        ...["--limit", "3", "--plan", "--json", ...work.flags(table)],
      ],
      { env: { OPENAI_BASE_URL: "http://127.0.0.1:9/v1" } },
    );
    expect(plan.err).not.toContain("error");
    const { total } = JSON.parse(plan.out);
    expect(total.calls).toBeGreaterThan(100);
    expect(total.costUsd).toBeCloseTo((total.inputTokens + 4 * total.outputTokens) / 1e6, 1);
  }, 60_000);
});

test("the rule-based agents go by the same names in their own file", async () => {
  for (const [table, own] of studies) {
    const named = await studyOf(table, modelsFile("builtin-paper"));
    expect(named.models).toEqual(own.models);
  }
});

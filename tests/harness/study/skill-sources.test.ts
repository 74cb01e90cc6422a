import { describe, expect, test } from "vitest";
import type { Row, Runner, Skill, Unit } from "../../../harness/contracts/index.ts";
import { presets } from "../../../harness/evolution/presets.ts";
import type { EvolvedSource } from "../../../harness/study/arms.ts";
import { type SkillMaker, skillResolver } from "../../../harness/study/skill-sources.ts";

const skill = (digest: string) => ({ digest }) as unknown as Skill;
const unit = (key: string) => ({ stage: key }) as unknown as Unit;
/** Every unit is named after what it is; its score is what the test says. */
const runnerOf = (score: (key: string) => number): Runner => ({
  run: async ({ stage }) =>
    ({ key: stage, stage, grade: { kind: "graded", score: score(stage) } }) as unknown as Row,
  transcript: async () => undefined,
});

const creation: EvolvedSource = {
  kind: "evolved",
  author: "a",
  mode: "creation",
  method: "error",
  variant: null,
};

/** Makers that run one unit each, and a preset with so many evolutions. */
function resolver(evolutionSeeds: number, score: (key: string) => number = () => 1) {
  const make: SkillMaker = {
    given: (name) => skill(name),
    async draft(author, seed, runner) {
      await runner.run(unit(`draft ${author} ${seed}`));
      return skill(`draft ${seed}`);
    },
    async learn(_source, parent, seed, runner) {
      await runner.run(unit(`learn ${seed}`));
      return { skill: skill(`${parent.digest} evolved ${seed}`) };
    },
    tryOut: async (_source, _skill, seed, runner) => [await runner.run(unit(`try ${seed}`))],
    presetOf: () => ({ ...presets.faithful, evolutionSeeds }),
  };
  return skillResolver(make, [41, 42], runnerOf(score));
}
const keys = (rows: readonly Row[] | undefined) => rows?.map(({ key }) => key);

describe("an evolved skill", () => {
  test("with one evolution is another one at every seed, made of its own draft and its own units", async () => {
    const skillOf = resolver(1);
    const [one, other] = [await skillOf(creation, 41), await skillOf(creation, 42)];
    expect([one.skill?.digest, other.skill?.digest]).toEqual([
      "draft 41 evolved 41",
      "draft 42 evolved 42",
    ]);
    expect(keys(one.made)).toEqual(["draft a 41", "learn 41"]);
  });

  test("with several is the one that does best, at every seed, and made of all that were tried", async () => {
    const skillOf = resolver(3, (key) => (key === "try 42" ? 1 : 0));
    const [one, other] = [await skillOf(creation, 41), await skillOf(creation, 42)];
    expect(one).toBe(other);
    expect(one.skill?.digest).toBe("draft 42 evolved 42");
    expect(one.candidates?.map(({ seed, mean }) => [seed, mean])).toEqual([
      [41, 0],
      [42, 1],
      [43, 0],
    ]);
    expect(keys(one.made)).toEqual(
      [41, 42, 43].flatMap((seed) => [`draft a ${seed}`, `learn ${seed}`, `try ${seed}`]),
    );
  });
});

test("a draft is made of its units, also where an evolution has begun with it", async () => {
  const skillOf = resolver(1);
  await skillOf(creation, 41);
  expect(keys((await skillOf({ kind: "draft", author: "a" }, 41)).made)).toEqual(["draft a 41"]);
});

test("a given skill is made of nothing", async () => {
  const given = await resolver(1)({ kind: "given", name: "human-written" }, 41);
  expect(given).toEqual({ skill: skill("human-written") });
});

test("a deepened skill has no draft in it", async () => {
  const deepened = await resolver(1)({ ...creation, mode: "deepening" }, 41);
  expect(deepened.skill?.digest).toBe("human-written evolved 41");
  expect(keys(deepened.made)).toEqual(["learn 41"]);
});

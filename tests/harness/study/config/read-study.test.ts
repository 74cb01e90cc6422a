import { describe, expect, test } from "vitest";
import { readStudy } from "../../../../harness/study/config/read-study.ts";
import { toyDomain } from "../../../support/toy-domain.ts";

const good = `study: demo
domain: toy
models:
  small: { provider: builtin, name: small }
  big: { provider: openai, name: big-model, params: { temperature: 0.5 } }
splits:
  evolve: { from: all, take: 6 }
  test: { from: all, skip: 6, take: 9, render: words }
conditions: [no-skill, human-written, creation+error, parametric]
authors: [small]
users: [small, big]
seeds: [41, 42]
agent: { turns: 5 }
`;
const far = { ...toyDomain(), name: "far", options: { light: ["day", "night"] }, splits: ["sky"] };
const domains = { toy: toyDomain(), far };
const read = (text: string, sets: string[] = [], models?: string) =>
  readStudy(
    {
      file: "configs/demo.yaml",
      text,
      sets,
      modelsFile: models === undefined ? undefined : { file: "models.yaml", text: models },
    },
    domains,
  );
const messageFor = (text: string, sets: string[] = [], models?: string): string => {
  try {
    read(text, sets, models);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it was accepted");
};

test("a study is read whole, with defaults", () => {
  const study = read(good);
  expect(study).toMatchObject({
    study: "demo",
    seeds: [41, 42],
    evolution: "default",
    sandbox: "auto",
    agent: { turns: 5, observationChars: 8000, malformed: 3 },
  });
  expect(study.splits["test"]).toMatchObject({ from: "all", skip: 6, take: 9, render: "words" });
});

test("--set overrides a field, and one that was absent", () => {
  const study = read(good, ["agent.turns=7", "splits.test.take=3", "render=words"]);
  expect(study.agent.turns).toBe(7);
  expect(study.splits["test"]?.take).toBe(3);
  expect((study as Record<string, unknown>)["render"]).toBe("words");
});

test("a split may name another domain, with options of that one, and keeps its place", () => {
  const foreign =
    "  sky: { domain: far, from: sky, light: night, samples: 8 }\n  last: { from: few }\n";
  const study = read(good.replace("conditions:", `${foreign}conditions:`));
  expect(Object.keys(study.splits)).toEqual(["evolve", "test", "sky", "last"]);
  expect(study.splits["sky"]).toEqual({ domain: "far", from: "sky", light: "night", samples: 8 });
});

test("--models replaces the mapping", () => {
  const study = read(
    good,
    [],
    "models:\n  small: { provider: builtin, name: large }\n  big: { provider: builtin, name: small }\n",
  );
  expect(study.models["small"]).toEqual({ provider: "builtin", name: "large" });
});

describe("one clear message with file, line, field and fix for", () => {
  test.each<[string, string, string[], RegExp]>([
    [
      "an unknown key",
      good.replace("agent:", "agnet:"),
      [],
      /demo\.yaml:13: agnet: unknown key\. Did you mean agent\?/,
    ],
    [
      "an unknown key in a split",
      good.replace("skip: 6", "skp: 6"),
      [],
      /demo\.yaml:8: splits\.test\.skp: unknown key\. Did you mean skip\?/,
    ],
    [
      "a misspelt condition",
      good.replace("creation+error", "creation+errors"),
      [],
      /demo\.yaml:9: conditions\.2: .*Did you mean creation\+error\?/,
    ],
    [
      "a condition named twice",
      good.replace("human-written", "no-skill"),
      [],
      /demo\.yaml:9: conditions\.1: no-skill is named twice/,
    ],
    [
      "two authors with one name",
      good.replace("authors: [small]", "authors: [small, small]"),
      [],
      /demo\.yaml:10: authors\.1: small is named twice/,
    ],
    [
      "an author that is no model",
      good.replace("authors: [small]", "authors: [smal]"),
      [],
      /demo\.yaml:10: authors\.0: no model is called smal\. Did you mean small\?/,
    ],
    [
      "a missing evolve split",
      good.replace(/ {2}evolve.*\n/, ""),
      [],
      /demo\.yaml:6: splits\.evolve: missing\. Evolution needs/,
    ],
    [
      "no split to evaluate on",
      good.replace(/ {2}test: .*\n/, ""),
      [],
      /demo\.yaml:6: splits: no split to evaluate on/,
    ],
    [
      "a split the domain lacks",
      good.replace("from: all, take", "from: al, take"),
      [],
      /demo\.yaml:7: splits\.evolve\.from: toy has no split al\. Did you mean all\?/,
    ],
    [
      "seeds that are not integers",
      good.replace("[41, 42]", "[41, 4.5]"),
      [],
      /demo\.yaml:12: seeds\.1: .*\(it is 4\.5\).*whole numbers/,
    ],
    [
      "seeds that are text",
      good.replace("[41, 42]", "[a]"),
      [],
      /demo\.yaml:12: seeds\.0: .*whole numbers/,
    ],
    [
      "an unknown domain",
      good.replace("domain: toy", "domain: tyo"),
      [],
      /demo\.yaml:2: domain: there is no domain tyo\. Did you mean toy\?/,
    ],
    ["an unknown preset", `${good}evolution: faithfull\n`, [], /demo\.yaml:14: evolution: /],
    [
      "an unknown preset field",
      `${good}evolution: { preset: default, fanin: 3 }\n`,
      [],
      /demo\.yaml:14: evolution\.fanin: unknown key\. Did you mean fanIn\?/,
    ],
    [
      "a preset field of the wrong type",
      `${good}variants: { mine: { preset: faithful, turns: many } }\n`,
      [],
      /demo\.yaml:14: variants\.mine\.turns: expected number.*"many"/,
    ],
    [
      "a wrong option value",
      good.replace("render: words", "render: xml"),
      [],
      /splits\.test\.render: .*Write one of plain, words/,
    ],
    [
      "a YAML error",
      good.replace("users: [small, big]", "users: [small, big"),
      [],
      /demo\.yaml:\d+: not valid YAML/,
    ],
    ["a key twice", `${good}study: other\n`, [], /demo\.yaml:14: not valid YAML/],
    ["a --set without value", good, ["agent.turns"], /--set: "agent\.turns" is not path=value/],
    [
      "a --set of a wrong type",
      good,
      ["agent.turns=many"],
      /agent\.turns: expected number.*"many"/,
    ],
    [
      "an unknown role",
      `${good}roles: { merger: small }\n`,
      [],
      /demo\.yaml:14: roles\.merger: there is no role merger\. Did you mean merge\?/,
    ],
    [
      "a preset that needs select",
      `${good}evolution: { preset: default, evolutionSeeds: 2, selectOn: select }\n`,
      [],
      /demo\.yaml:6: splits\.select: missing/,
    ],
    [
      "a gate without tasks to decide on",
      `${good}evolution: { preset: default, gate: flips }\n`,
      [],
      /demo\.yaml:6: splits\.select: missing/,
    ],
    [
      "an A/A study without a split to decide on",
      `${good}gateTrials: 20\n`,
      [],
      /demo\.yaml:6: splits\.select: missing\. gateTrials need/,
    ],
    [
      "a split of a domain that is not there",
      good.replace("from: all, skip: 6", "domain: afar, from: all, skip: 6"),
      [],
      /demo\.yaml:8: splits\.test\.domain: there is no domain afar\. Did you mean far\?/,
    ],
    [
      "an option that the split's own domain lacks",
      good.replace("from: all, skip: 6", "domain: far, from: sky, skip: 6"),
      [],
      /demo\.yaml:8: splits\.test\.render: unknown key/,
    ],
    [
      "samples of a split that makes no column",
      good.replace("from: all, take: 6", "from: all, take: 6, samples: 8"),
      [],
      /demo\.yaml:7: splits\.evolve\.samples: evolve makes no column/,
    ],
    [
      "a measure that the domain has not",
      good.replace("skip: 6, take: 9", "skip: 6, take: 9, measure: pased"),
      [],
      /demo\.yaml:8: splits\.test\.measure: toy measures no pased\. Did you mean passed\?/,
    ],
    [
      "a role by somebody who is no author",
      `${good}roles: { merge: { big: small } }\n`,
      [],
      /demo\.yaml:14: roles\.merge\.big: big is no author/,
    ],
    [
      "a role by author of a model that is not there",
      `${good}roles: { merge: { small: smal } }\n`,
      [],
      /demo\.yaml:14: roles\.merge\.small: no model is called smal\. Did you mean small\?/,
    ],
    [
      "an author who does not use its skill itself",
      `${good.replace("users: [small, big]", "users: [big]")}pairing: same-model\n`,
      [],
      /demo\.yaml:10: authors\.0: small is no user/,
    ],
    ["a missing field", good.replace(/users.*\n/, ""), [], /demo\.yaml: users: .*Add the field/],
    [
      "an unknown model provider",
      good.replace("provider: openai", "provider: opena"),
      [],
      /demo\.yaml:5: models\.big.*provider/,
    ],
  ])("%s", (_name, text, sets, expected) => {
    expect(messageFor(text, sets)).toMatch(expected);
  });

  test("all problems of a file, together", () => {
    const text = good
      .replace("agent:", "agnet:")
      .replace("creation+error", "creation+errors")
      .replace("authors: [small]", "authors: [smal]");
    const lines = messageFor(text).split("\n");
    expect(lines).toHaveLength(3);
  });

  test("a models file, with its own line", () => {
    expect(messageFor(good, [], "models:\n  small: { provider: builtin, name: tiny }\n")).toMatch(
      /models\.yaml:2: models\.small\.name: .*Write one of small, large/,
    );
    expect(messageFor(good, [], "other: 1\n")).toMatch(/models\.yaml: models: missing/);
  });
});

test("--set goes over a models file too", () => {
  const models =
    "models:\n  small: { provider: openai, name: m }\n  big: { provider: openai, name: n }\n";
  const study = read(good, ["models.small.timeoutMs=500"], models);
  expect(study.models["small"]).toEqual({ provider: "openai", name: "m", timeoutMs: 500 });
});

test("a fault is looked for where its value was written", () => {
  expect(messageFor(good, ["agent.turns=few"])).toMatch(/^--set: agent\.turns: expected number/);
  expect(messageFor(good, ["users=[smal]"])).toMatch(/^--set: users\.0: no model is called smal/);
  expect(messageFor(good, ["agent.turn=5"])).toMatch(/^--set: agent\.turn: unknown key/);
  expect(messageFor(good, ["seeds=[41"])).toMatch(/^--set: seeds: "\[41" is not valid YAML/);
  const study = read(
    good,
    ["splits.test.take=3"],
    "models:\n  small: { provider: builtin, name: small }\n  big: { provider: builtin, name: large }\n",
  );
  expect(study.placeOf(["splits", "evolve"])).toBe("configs/demo.yaml:7");
  expect(study.placeOf(["splits", "test", "take"])).toBe("--set");
  expect(study.placeOf(["models", "big"])).toBe("models.yaml:3");
});

test("a password in an address is not repeated", () => {
  const bad = good.replace("name: big-model", "name: big-model, baseURL: 'htp://u:secret@host'");
  const message = messageFor(bad);
  expect(message).toMatch(/:5: models\.big\.baseURL: /);
  expect(message).not.toContain("secret");
});

describe("a rollout budget", () => {
  const withBudget = (budget: string) =>
    `${good}variants: { faithful: { preset: faithful, rolloutBudget: ${budget} } }\n`;
  const budgetOf = (text: string) => {
    const variant = read(text).variants?.["faithful"];
    return typeof variant === "object" ? variant.rolloutBudget : undefined;
  };

  test("assumes a half where the study says nothing of what to expect", () => {
    expect(budgetOf(withBudget("{ rollouts: 960 }"))).toEqual({
      rollouts: 960,
      failing: 0.5,
      patched: 0.5,
    });
  });

  test("may be written once and meant several times", () => {
    const study = read(
      `${good}variants:\n  faithful: { preset: faithful, rolloutBudget: &same { rollouts: 960 } }\n  +ledger: { preset: faithful, ledger: true, rolloutBudget: *same }\n`,
    );
    const [one, other] = Object.values(study.variants ?? {});
    expect(one).toMatchObject({ rolloutBudget: { rollouts: 960 } });
    expect(other).toMatchObject({ rolloutBudget: { rollouts: 960 }, ledger: true });
  });

  test.each([
    ["a field that is not there", "{ rollout: 960 }"],
    ["a share above one", "{ rollouts: 960, failing: 1.5 }"],
    ["no rollouts at all", "{ rollouts: 0 }"],
    ["a bare number", "960"],
  ])("is refused for %s, with its line", (_name, budget) => {
    expect(messageFor(withBudget(budget))).toMatch(/demo\.yaml:14: variants\.faithful/);
  });
});

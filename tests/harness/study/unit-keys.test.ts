import { expect, test } from "vitest";
import type { Domain, Model, Skill, Task } from "../../../harness/contracts/index.ts";
import { type OpenAiConfig, openAiIdentity } from "../../../harness/models/openai/config.ts";
import { skillOf } from "../../../harness/skills/read-skill.ts";
import { type RolloutSetting, rolloutMaker } from "../../../harness/study/rollout.ts";
import { keyOf } from "../../../harness/study/runner.ts";
import { leapingClock } from "../../support/models.ts";
import { toyDomain } from "../../support/toy-domain.ts";

const config: OpenAiConfig = {
  provider: "openai",
  id: "small",
  name: "model-a",
  baseURL: "http://localhost:8000/v1",
  apiKey: "sk-first",
  params: { temperature: 1, top_p: 0.9, presence_penalty: 2, max_tokens: 512 },
  extraBody: { top_k: 40, chat_template_kwargs: { enable_thinking: false } },
};
const task: Task = {
  id: "t1",
  group: "g1",
  input: { terms: "1 + 1" },
  reference: { total: 2 },
};
const skill = skillOf(
  new Map([
    ["SKILL.md", "---\nname: sums\ndescription: Sums.\n---\n\nAdd. See [more](references/x.md).\n"],
    ["references/x.md", "Carry.\n"],
  ]),
);
const withFile = (path: string, text: string): Skill =>
  skillOf(new Map([...skill.files, [path, text]]));

interface Case {
  readonly config: OpenAiConfig;
  readonly domain: Domain;
  readonly setting: Partial<RolloutSetting>;
  readonly task: Task;
  readonly skill: Skill | undefined;
  readonly seed: number;
  readonly repeat: number;
}

function keyWith(change: Partial<Case> = {}): string {
  const at: Case = {
    ...{ config, domain: toyDomain(), setting: {}, task, skill, seed: 41, repeat: 0 },
    ...change,
  };
  const model: Model = {
    id: at.config.id ?? at.config.name,
    identity: openAiIdentity(at.config),
    protocol: at.config.protocol ?? "native",
    label: at.config.name,
    complete: () => Promise.reject(new Error("nothing is run here")),
  };
  const unused = () => Promise.reject(new Error("nothing is run here"));
  const maker = rolloutMaker({
    domain: at.domain,
    options: { render: "plain" },
    model,
    limits: { turns: 20, observationChars: 8000, malformed: 3 },
    sandboxes: { name: "embedded", open: unused, close: unused },
    clock: leapingClock(),
    ...at.setting,
  });
  return keyOf(maker(at.task, at.skill, at.seed, at.repeat));
}

const limits = { turns: 20, observationChars: 8000, malformed: 3 };
const params = (over: object) => ({ config: { ...config, params: { ...config.params, ...over } } });
const decisive: Readonly<Record<string, Partial<Case>>> = {
  "model name": { config: { ...config, name: "model-b" } },
  endpoint: { config: { ...config, baseURL: "http://localhost:9000/v1" } },
  temperature: params({ temperature: 0.5 }),
  top_p: params({ top_p: 1 }),
  presence_penalty: params({ presence_penalty: 0 }),
  max_tokens: params({ max_tokens: 1024 }),
  "a further parameter": params({ stop: ["\n"] }),
  top_k: { config: { ...config, extraBody: { ...config.extraBody, top_k: 20 } } },
  thinking: {
    config: {
      ...config,
      extraBody: { ...config.extraBody, chat_template_kwargs: { enable_thinking: true } },
    },
  },
  "whether the seed is sent": { config: { ...config, sendSeed: false } },
  protocol: { config: { ...config, protocol: "text" } },
  turns: { setting: { limits: { ...limits, turns: 19 } } },
  "characters of an observation": { setting: { limits: { ...limits, observationChars: 4000 } } },
  "unreadable replies": { setting: { limits: { ...limits, malformed: 2 } } },
  "tokens of an episode": { setting: { limits: { ...limits, tokens: 10_000 } } },
  "minutes of an episode": { setting: { limits: { ...limits, minutes: 5 } } },
  sandbox: {
    setting: {
      sandboxes: {
        name: "bubblewrap",
        open: () => Promise.reject(new Error("nothing is run here")),
        close: () => Promise.resolve(),
      },
    },
  },
  "no skill": { skill: undefined },
  "text of the skill": { skill: withFile("references/x.md", "Carry!\n") },
  "a further file of the skill": { skill: withFile("references/y.md", "Borrow.\n") },
  "id of the task": { task: { ...task, id: "t2" } },
  "input of the task": { task: { ...task, input: { terms: "1 + 2" } } },
  "reference of the task": { task: { ...task, reference: { total: 3 } } },
  seed: { seed: 42 },
  repeat: { repeat: 1 },
  domain: { domain: { ...toyDomain(), name: "other" } },
  grader: { domain: { ...toyDomain(), grader: "toy/2" } },
  "instructions of the domain": {
    domain: { ...toyDomain(), instructions: () => "Add the numbers." },
  },
  "wording of the question": { domain: { ...toyDomain(), prompt: () => "Add." } },
  render: { setting: { options: { render: "words" } } },
};

test.each(Object.entries(decisive))("a unit with another %s misses the store", (_, change) => {
  expect(keyWith(change)).not.toBe(keyWith());
});

test("no two of these changes are taken for each other", () => {
  const keys = Object.values(decisive).map(keyWith);
  expect(new Set(keys).size).toBe(keys.length);
});

const indifferent: Readonly<Record<string, Partial<Case>>> = {
  "the model's name in the study": { config: { ...config, id: "large" } },
  key: { config: { ...config, apiKey: "sk-second" } },
  "password in the address": {
    config: { ...config, baseURL: "http://user:secret@localhost:8000/v1/" },
  },
  price: { config: { ...config, price: { input: 1, output: 2 } } },
  timeout: { config: { ...config, timeoutMs: 1 } },
  "calls at a time": { config: { ...config, concurrency: 1 } },
  "order of the parameters": {
    config: {
      ...config,
      params: Object.fromEntries(Object.entries(config.params ?? {}).reverse()),
    },
  },
};

test.each(Object.entries(indifferent))("another %s finds what is stored", (_, change) => {
  expect(keyWith(change)).toBe(keyWith());
});

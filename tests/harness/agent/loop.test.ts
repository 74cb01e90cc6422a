import { describe, expect, test } from "vitest";
import { type LoopLimits, runEpisode } from "../../../harness/agent/loop.ts";
import type { Message, Model, Tool } from "../../../harness/contracts/index.ts";
import { ModelFault } from "../../../harness/errors.ts";
import { leapingClock, type Step, said, scriptedModel } from "../../support/models.ts";

const opening: readonly Message[] = [
  { role: "system", text: "Be brief." },
  { role: "user", text: "Question: how many?" },
];
const limits: LoopLimits = { turns: 5, observationChars: 100, malformed: 2 };

/** Echoes its command; `submit` ends. What was run is kept. */
function echoTools(ran: string[] = []): Tool[] {
  const spec = (name: string) => ({ name, description: "", parameters: { type: "object" } });
  return [
    {
      spec: spec("bash"),
      async run({ command }) {
        ran.push(String(command));
        if (command === "explode") throw new Error("the sandbox is gone");
        return { kind: "observation", text: `ran ${command}` };
      },
    },
    {
      spec: spec("submit"),
      async run({ answer }) {
        return { kind: "end", submission: String(answer) };
      },
    },
  ];
}

const bash = (command: string, id = "c1") => ({ id, name: "bash", arguments: { command } });
const submit = (answer: string, id = "c9") => ({ id, name: "submit", arguments: { answer } });
const malformed = {
  kind: "malformed",
  problem: "no JSON",
  raw: "{x",
  usage: undefined,
  retries: [],
} as const;

async function play(
  steps: readonly Step[],
  options: {
    limits?: Partial<LoopLimits>;
    protocol?: Model["protocol"];
    tools?: Tool[];
    signal?: AbortSignal;
    answerIn?: (reply: string) => string | undefined;
  } = {},
) {
  const model = scriptedModel(steps, options.protocol);
  const tools = options.tools ?? echoTools();
  const deps = { model, tools, clock: leapingClock(), answerIn: options.answerIn };
  const at = { unit: "u", seed: 41, signal: options.signal ?? new AbortController().signal };
  const episode = await runEpisode(opening, deps, { ...limits, ...options.limits }, at);
  return { episode, model, told: episode.messages.slice(opening.length) };
}

describe("an episode over native tool calls", () => {
  test("runs tools until it submits, and keeps every message", async () => {
    const { episode, model, told } = await play([
      said("look", [bash("ls")]),
      said("", [submit("7")]),
    ]);
    expect(told).toEqual([
      { role: "assistant", text: "look", calls: [bash("ls")] },
      { role: "tool", callId: "c1", text: "ran ls" },
      { role: "assistant", text: "", calls: [submit("7")] },
    ]);
    expect(episode).toMatchObject({
      outcome: { kind: "submitted", submission: "7" },
      turns: 2,
      spent: { calls: 2, inputTokens: 20, outputTokens: 10, unmetered: 0, retries: [] },
    });
    expect(model.asked.map(({ request }) => [request.seed, request.tools.length])).toEqual([
      [41, 2],
      [41, 2],
    ]);
    expect(model.asked.map(({ context }) => [context.unit, context.call])).toEqual([
      ["u", 0],
      ["u", 1],
    ]);
  });

  test("runs several calls of one reply in order, up to the one that ends", async () => {
    const ran: string[] = [];
    const { episode } = await play(
      [said("", [bash("a", "1"), bash("b", "2"), submit("x"), bash("c", "3")])],
      { tools: echoTools(ran) },
    );
    expect(ran).toEqual(["a", "b"]);
    expect(episode.outcome).toEqual({ kind: "submitted", submission: "x" });
  });

  test("answers an unknown tool with the names of the known ones", async () => {
    const { told } = await play([
      said("", [{ id: "1", name: "python", arguments: {} }]),
      said("", [submit("x")]),
    ]);
    expect(told[1]).toEqual({
      role: "tool",
      callId: "1",
      text: 'Error: there is no tool named "python". The tools are: bash, submit.',
    });
  });

  test("takes a tool's name in another case", async () => {
    const { told } = await play([
      said("", [{ ...bash("ls"), name: "Bash" }]),
      said("", [submit("x")]),
    ]);
    expect(told[1]).toMatchObject({ text: "ran ls" });
  });

  test("trims observations to the limit", async () => {
    const { told } = await play([said("", [bash("x".repeat(300))]), said("", [submit("x")])]);
    expect(told[1]?.text).toContain("[... 204 characters left out ...]");
  });

  test("drops the thinking of a reply from the conversation", async () => {
    const { told } = await play([
      said("<think>hm</think>\nlook", [bash("ls")]),
      said("", [submit("x")]),
    ]);
    expect(told[0]?.text).toBe("look");
  });

  test("says to the model that a reply was cut off", async () => {
    const { told } = await play([
      said("long thought", [], "length"),
      said("", [bash("ls")], "length"),
      said("", [submit("x")]),
    ]);
    expect(told[1]).toMatchObject({ role: "user", text: expect.stringContaining("was cut off") });
    expect(told[3]).toMatchObject({
      role: "tool",
      text: expect.stringMatching(/^ran ls\n\n\[.*was cut off/),
    });
  });
});

describe("an episode over the text protocol", () => {
  const action = 'Look.\nAction: {"name": "bash", "arguments": {"command": "ls"}}';

  test("describes the tools in the prompt, sends none, and gives observations as user messages", async () => {
    const { episode, model } = await play(
      [said(action), said('Action: {"name":"submit","arguments":{"answer":"7"}}')],
      { protocol: "text" },
    );
    expect(episode.outcome).toEqual({ kind: "submitted", submission: "7" });
    const { request } = model.asked[1] ?? { request: undefined };
    expect(request?.tools).toEqual([]);
    expect(request?.messages[0]?.text).toContain("- bash:");
    expect(request?.messages.slice(2)).toEqual([
      { role: "assistant", text: action, calls: [] },
      { role: "user", text: "Observation: ran ls" },
    ]);
  });

  test("keeps a transcript of the same shape as with native calls", async () => {
    const { told } = await play([said(action), said("It is 7. ACTION: TASK_COMPLETE")], {
      protocol: "text",
    });
    expect(told.slice(0, 2)).toEqual([
      {
        role: "assistant",
        text: action,
        calls: [{ id: "call-0", name: "bash", arguments: { command: "ls" } }],
      },
      { role: "tool", callId: "call-0", text: "ran ls" },
    ]);
  });

  test("takes the completion literal as a submission of the text before it", async () => {
    const { episode } = await play([said("It is 7.\nACTION: TASK_COMPLETE")], { protocol: "text" });
    expect(episode.outcome).toEqual({ kind: "submitted", submission: "It is 7." });
  });

  test("runs the first of two actions only, and tells the model", async () => {
    const ran: string[] = [];
    const { told } = await play([said(`${action}\n${action}`), said("x ACTION: TASK_COMPLETE")], {
      protocol: "text",
      tools: echoTools(ran),
    });
    expect(ran).toEqual(["ls"]);
    expect(told[0]?.text).toBe(action);
    expect(told[1]?.text).toMatch(/^ran ls\n\n\[Your reply had more than one action\./);
  });

  test("answers arguments that are no object with a reminder, not with death", async () => {
    const { episode, told } = await play(
      [said('Action: {"name":"bash","arguments":"ls"}'), said("x ACTION: TASK_COMPLETE")],
      { protocol: "text" },
    );
    expect(told[1]).toMatchObject({
      role: "user",
      text: expect.stringContaining('"arguments" is not a JSON object'),
    });
    expect(episode.outcome.kind).toBe("submitted");
  });
});

describe("a call in another form than the one asked for", () => {
  const fenced = '```json\n{"name": "bash", "arguments": {"command": "ls"}}\n```';

  test("is run, and counted by its form", async () => {
    const { episode, told } = await play([said(fenced), said("", [submit("7")])]);
    expect(told.slice(0, 2)).toEqual([
      {
        role: "assistant",
        text: fenced,
        calls: [{ id: "call-0", name: "bash", arguments: { command: "ls" } }],
      },
      { role: "tool", callId: "call-0", text: "ran ls" },
    ]);
    expect(episode).toMatchObject({ outcome: { kind: "submitted" }, turns: 2 });
    expect(episode.recovered).toEqual({ "fenced-json": 1 });
  });

  test("is run without what was invented behind it, and the model is told so", async () => {
    const { told } = await play([
      said(`${fenced}\n\nObservation: 3 files`),
      said("", [submit("7")]),
    ]);
    expect(told[0]?.text).toBe(fenced);
    expect(told[1]?.text).toMatch(/^ran ls\n\n\[Do not write observations yourself/);
  });

  test("is run in the text protocol too, one a reply", async () => {
    const ran: string[] = [];
    const bare = (command: string) => `{"name": "bash", "arguments": {"command": "${command}"}}`;
    const { episode } = await play(
      [
        said(`${bare("a")}\n${bare("b")}`),
        said('{"name": "submit", "arguments": {"answer": "7"}}'),
      ],
      { protocol: "text", tools: echoTools(ran) },
    );
    expect(ran).toEqual(["a"]);
    expect(episode.outcome).toEqual({ kind: "submitted", submission: "7" });
    expect(episode.recovered).toEqual({ "bare-json": 2 });
  });

  test("is not counted where it is the one asked for", async () => {
    const { episode } = await play([said("", [submit("7")])]);
    expect(episode.recovered).toBeUndefined();
  });
});

describe("an answer in the text of a reply", () => {
  const answerIn = (reply: string) => /Answer: (.*)/.exec(reply)?.[1];

  test("is taken as submitted where no call is there", async () => {
    const { episode } = await play([said("I add.\nAnswer: 7")], { answerIn });
    expect(episode).toMatchObject({
      outcome: { kind: "submitted", submission: "7", by: "text" },
      turns: 1,
    });
  });

  test("is not taken beside a call, nor beside one that could not be read", async () => {
    const { episode } = await play(
      [
        said('Answer: 6\nAction: {"name":"bash","arguments":{"command":"ls"}}'),
        said('Answer: 6\nAction: {"name":"bash","arguments":"ls"}'),
        said("Answer: 7"),
      ],
      { protocol: "text", answerIn },
    );
    expect(episode).toMatchObject({ outcome: { submission: "7", by: "text" }, turns: 2 });
  });

  test("is asked for as before where the reply states none", async () => {
    const { told } = await play([said("It is 7."), said("", [submit("7")])], { answerIn });
    expect(told[1]?.text).toMatch(/^You called no tool/);
  });
});

describe("a step that was made before, with the same result", () => {
  const ls = said("", [bash("ls")]);
  const pwd = said("", [bash("pwd")]);

  test("is told so once; made a third time it ends the episode", async () => {
    const { episode, told } = await play([ls, ls, ls]);
    expect(told[1]?.text).toBe("ran ls");
    expect(told[3]?.text).toMatch(/^ran ls\n\n\[You did this before/);
    expect(episode).toMatchObject({ outcome: { kind: "repeated" }, turns: 3 });
  });

  test("ends it also where two steps take turns", async () => {
    const { episode } = await play([ls, pwd, ls, pwd]);
    expect(episode.outcome).toEqual({ kind: "repeated" });
  });

  test("is forgiven once something new was done", async () => {
    const { episode } = await play([ls, ls, pwd, ls, said("", [submit("x")])]);
    expect(episode.outcome.kind).toBe("submitted");
  });

  test("is no repetition where the result is another", async () => {
    let time = 0;
    const tools = echoTools().map((tool) =>
      tool.spec.name === "submit"
        ? tool
        : { ...tool, run: async () => ({ kind: "observation", text: `${time++}` }) as const },
    );
    const { episode } = await play([ls, ls, ls, said("", [submit("x")])], { tools });
    expect(episode.outcome.kind).toBe("submitted");
  });
});

describe("how an episode ends", () => {
  const ls = said("", [bash("ls")]);

  test.each<[string, Step[], Partial<LoopLimits>, object, number]>([
    ["out of turns", [ls, ls], { turns: 2 }, { kind: "out-of-turns" }, 2],
    ["no turn at all", [], { turns: 0 }, { kind: "out-of-turns" }, 0],
    ["out of tokens", [ls, ls], { tokens: 30 }, { kind: "out-of-tokens" }, 2],
    [
      "context length",
      [ls, new ModelFault({ kind: "context-length", message: "long" })],
      {},
      { kind: "context-exceeded" },
      1,
    ],
    [
      "refusal",
      [{ kind: "refused", text: "no", usage: undefined, retries: [] }],
      {},
      { kind: "refused" },
      1,
    ],
    [
      "a broken endpoint",
      [new ModelFault({ kind: "transient", message: "500" })],
      {},
      { kind: "broken", where: "model", error: "500" },
      0,
    ],
    [
      "a model that throws anything",
      [new TypeError("odd")],
      {},
      { kind: "broken", where: "model", error: "odd" },
      0,
    ],
    [
      "a broken sandbox",
      [said("", [bash("explode")])],
      {},
      { kind: "broken", where: "sandbox", error: "the sandbox is gone" },
      1,
    ],
    [
      "no action too often",
      [said("a"), said("b"), said("c")],
      {},
      { kind: "malformed-too-often" },
      0,
    ],
    [
      "replies cut off too often",
      [said("a", [], "length"), said("b", [], "length"), said("c")],
      {},
      { kind: "cut-off" },
      0,
    ],
    [
      "unreadable too often",
      [malformed, malformed, malformed],
      {},
      { kind: "malformed-too-often" },
      0,
    ],
  ])("%s", async (_, steps, change, outcome, turns) => {
    const { episode } = await play(steps, { limits: change });
    expect(episode.outcome).toEqual(outcome);
    expect(episode.turns).toBe(turns);
  });

  test("replies without an action have a budget of their own and cost no turn", async () => {
    const { episode, told } = await play([said("hm"), ls, malformed, said("", [submit("x")])], {
      limits: { turns: 2 },
    });
    expect(episode).toMatchObject({
      outcome: { kind: "submitted" },
      turns: 2,
      spent: { calls: 4, unmetered: 1 },
    });
    expect(told[1]).toEqual({
      role: "user",
      text: "You called no tool. Go on by calling bash or submit.",
    });
    expect(told.slice(4, 6)).toEqual([
      { role: "assistant", text: "{x", calls: [] },
      { role: "user", text: "Your reply could not be read: no JSON." },
    ]);
  });

  test("out of time, which waiting for the endpoint is not", async () => {
    const clock = leapingClock();
    const model: Model = {
      ...scriptedModel([]),
      async complete(_, context) {
        await clock.sleep(50_000);
        if (context.call === 0) (context as { waited?: (ms: number) => void }).waited?.(50_000);
        return said("", [bash(`ls ${context.call}`)]);
      },
    };
    const at = { unit: "u", seed: 1, signal: new AbortController().signal };
    const episode = await runEpisode(
      opening,
      { model, tools: echoTools(), clock },
      { ...limits, minutes: 1 },
      at,
    );
    expect(episode).toMatchObject({
      outcome: { kind: "out-of-time" },
      turns: 3,
      elapsedMs: 150_000,
    });
  });

  test("a permanent fault is thrown: the study has to stop", async () => {
    const fault = new ModelFault({ kind: "permanent", message: "401" });
    await expect(play([fault])).rejects.toBe(fault);
  });

  test("an abort is thrown, whatever the model or the tool made of it", async () => {
    const controller = new AbortController();
    const aborting = () => {
      controller.abort(new Error("stopped"));
      return new Error("cut off");
    };
    await expect(play([aborting], { signal: controller.signal })).rejects.toThrow("stopped");
    const second = new AbortController();
    const tool: Tool = {
      spec: { name: "bash", description: "", parameters: {} },
      async run() {
        second.abort(new Error("stopped"));
        throw new Error("killed");
      },
    };
    await expect(play([ls], { signal: second.signal, tools: [tool] })).rejects.toThrow("stopped");
  });
});

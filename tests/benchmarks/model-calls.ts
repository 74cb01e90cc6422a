import OpenAI from "openai";
import { runEpisode } from "../../harness/agent/loop.ts";
import { submitTool } from "../../harness/agent/tools.ts";
import type { Message, Tool } from "../../harness/contracts/index.ts";
import { openEndpoint } from "../../harness/models/openai/model.ts";
import { systemClock as clock } from "../../scripts/lib/main.ts";
import { report } from "./measured.ts";
import { startLoopback } from "./start-loopback.ts";

/**
 * CPU of the harness a model call.
 *
 * The endpoint is a process of its own and is not counted. Every
 * episode makes three calls over a prompt of 4,000 characters with observations of 2,000.
 */
const latencyMs = 50;
const inFlight = 100;
const measuredCalls = 6000;

const opening: readonly Message[] = [
  { role: "system", text: `# Role: agent\n\n${"Answer from the table. ".repeat(180)}` },
  { role: "user", text: "Question: how many rows are there?" },
];
const look: Tool = {
  spec: {
    name: "bash",
    description: "Run a shell command in the working directory and see what it prints.",
    parameters: {
      type: "object",
      properties: { command: { type: "string" } },
      required: ["command"],
    },
  },
  run: async () => ({ kind: "observation", text: "a,b,c,d\n".repeat(250) }),
};
const tools = [look, submitTool()];
const limits = { turns: 10, observationChars: 6000, malformed: 3 };

const endpoint = await startLoopback(latencyMs);
const client = new OpenAI({ apiKey: "none", baseURL: endpoint.url, maxRetries: 0 });
const bare = await measure(measuredCalls, bareCall());
report({
  what: `openai client alone, ${inFlight} in flight`,
  target: "",
  measured: `${bare.toFixed(2)} ms of CPU a call`,
});
const ours = await measure(measuredCalls / 3, await episodes(), 3);
report({
  what: `harness with loop, retries and limiter, ${inFlight} in flight`,
  target: "<= 2 ms of CPU a call",
  measured: `${ours.toFixed(2)} ms of CPU a call`,
  ok: ours <= 2,
});
endpoint.stop();
process.exit();

/** The calls of an episode without the harness: the same bodies in the same order. */
function bareCall(): (n: number) => Promise<void> {
  const first = opening.map(({ role, text }) => ({ role: role as "user", content: text }));
  const turn = [
    { role: "assistant" as const, content: "I look at the table first." },
    { role: "user" as const, content: "a,b,c,d\n".repeat(250) },
  ];
  const specs = tools.map(({ spec }) => ({
    type: "function" as const,
    function: {
      name: spec.name,
      description: spec.description,
      parameters: { ...spec.parameters },
    },
  }));
  return async (n) => {
    const turns = Array.from({ length: n % 3 }, () => turn).flat();
    await client.chat.completions.create({
      model: "test-model",
      messages: [...first, ...turns],
      tools: specs,
      seed: 41,
    });
  };
}

/** Episodes with a model as a study has it. */
async function episodes(): Promise<(n: number) => Promise<void>> {
  const config = { provider: "openai", name: "test-model", baseURL: endpoint.url } as const;
  const model = openEndpoint({ ...config, concurrency: inFlight }, { clock });
  const { signal } = new AbortController();
  return async (n) => {
    const episode = await runEpisode(opening, { model, tools, clock }, limits, {
      unit: `u${n}`,
      seed: n,
      signal,
    });
    if (episode.outcome.kind !== "submitted" || episode.spent.calls !== 3)
      throw new Error(`an episode ended otherwise: ${JSON.stringify(episode.outcome)}`);
  };
}

/** @returns milliseconds of CPU a call, after a warm-up of a fifth. */
async function measure(
  count: number,
  run: (n: number) => Promise<void>,
  callsEach = 1,
): Promise<number> {
  await inParallel(Math.ceil(count / 5), inFlight, run);
  const before = process.cpuUsage();
  await inParallel(count, inFlight, run);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (count * callsEach);
}

async function inParallel(
  count: number,
  width: number,
  run: (n: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await run(next++);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

import { fork } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import OpenAI from "openai";
import { runEpisode } from "../../harness/agent/loop.ts";
import { submitTool, type Tool } from "../../harness/agent/tools.ts";
import type { Clock, Message, Model } from "../../harness/contracts.ts";
import { createModelRoom } from "../../harness/models/create.ts";

/**
 * CPU of the harness a model call, and how many calls it keeps in flight.
 *
 * `npm run bench:speed` runs it. The endpoint is a process of its own and is not counted. Every
 * episode makes three calls over a prompt of 4,000 characters with observations of 2,000.
 */
const latencyMs = 50;
const inFlight = 100;
const measuredCalls = 6000;
const fewEpisodes = 200;
const workers = 128;

const clock: Clock = {
  nowIso: () => new Date().toISOString(),
  ticksMs: () => performance.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal ? { signal } : {});
  },
};
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

const server = fork(new URL("./loopback.ts", import.meta.url), [String(latencyMs)], {
  stdio: ["ignore", "pipe", "inherit", "ipc"],
});
const url = await new Promise<string>((resolve) =>
  server.stdout?.once("data", (line: Buffer) => resolve(line.toString().trim())),
);

const client = new OpenAI({ apiKey: "none", baseURL: url, maxRetries: 0 });
const bare = await measure("openai client alone", measuredCalls, inFlight, bareCall());
const ours = await measure(
  "harness: loop, retries, limiter, client",
  measuredCalls / 3,
  inFlight,
  (await episodes(inFlight)).run,
  3,
);
console.log(`harness over client alone: ${(ours - bare).toFixed(2)} ms of CPU a call`);

const few = await episodes(workers);
const startedAt = performance.now();
await inParallel(fewEpisodes, workers, few.run);
const seconds = (performance.now() - startedAt) / 1000;
console.log(
  `${fewEpisodes} three-call episodes at ${latencyMs} ms with ${workers} workers: ${seconds.toFixed(2)} s`,
);
console.log(
  `most calls in flight: ${few.peak()}; as the endpoint counted: ${await peakAtEndpoint()}`,
);
server.kill();
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

/** A room of its own, as a study has; its connections and its limit start afresh. */
async function episodes(
  concurrency: number,
): Promise<{ run(n: number): Promise<void>; peak(): number | undefined }> {
  const config = { provider: "openai", name: "test-model", baseURL: url, concurrency } as const;
  const room = await createModelRoom(new Map([["m", config]]), { clock });
  const model = room.models.get("m") as Model;
  const { signal } = new AbortController();
  const run = async (n: number) => {
    const episode = await runEpisode(opening, { model, tools, clock }, limits, {
      unit: `u${n}`,
      seed: n,
      signal,
    });
    if (episode.outcome.kind !== "submitted" || episode.spent.calls !== 3)
      throw new Error(`an episode ended otherwise: ${JSON.stringify(episode.outcome)}`);
  };
  return { run, peak: () => room.concurrency().get("m")?.peakInFlight };
}

/** @returns milliseconds of CPU a call, after a warm-up of a fifth. */
async function measure(
  what: string,
  count: number,
  width: number,
  run: (n: number) => Promise<void>,
  callsEach = 1,
): Promise<number> {
  await inParallel(Math.ceil(count / 5), width, run);
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await inParallel(count, width, run);
  const { user, system } = process.cpuUsage(before);
  const cpuMs = (user + system) / 1000 / (count * callsEach);
  const rate = (count * callsEach) / ((performance.now() - startedAt) / 1000);
  console.log(
    `${what}: ${cpuMs.toFixed(2)} ms of CPU a call, ${rate.toFixed(0)} calls/s, ${width} in flight`,
  );
  return cpuMs;
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

async function peakAtEndpoint(): Promise<number> {
  const peak = new Promise<number>((resolve) =>
    server.once("message", (said) => resolve(Number(said))),
  );
  server.send("peak");
  return peak;
}

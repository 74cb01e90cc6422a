/**
 * The nouns of the harness, as types. This file imports nothing of the project; a domain pack needs
 * only it and `errors.ts`.
 */

/** A JSON value, as it is written to the journal. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

// ---------------------------------------------------------------- conversation

/** A picture shown to the model. */
export interface Image {
  /** Such as `image/png`. */
  readonly mediaType: string;
  readonly base64: string;
}

/** One turn of a conversation, in the order it was said. */
export type Message =
  | { readonly role: "system"; readonly text: string }
  | { readonly role: "user"; readonly text: string; readonly images?: readonly Image[] }
  | { readonly role: "assistant"; readonly text: string; readonly calls: readonly ToolCall[] }
  | {
      readonly role: "tool";
      readonly callId: string;
      readonly text: string;
      readonly images?: readonly Image[];
    };

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: JsonObject;
}

/** What a model is told of a tool. */
export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments object. */
  readonly parameters: JsonObject;
}

/** A tool as an agent uses it. */
export interface Tool {
  readonly spec: ToolSpec;
  /** Throws only when the harness or the sandbox is broken; a bad argument is an observation. */
  run(args: JsonObject, signal: AbortSignal): Promise<ToolResult>;
}

/** What a tool call led to: something for the model to read, or the end of the episode. */
export type ToolResult =
  | { readonly kind: "observation"; readonly text: string; readonly images?: readonly Image[] }
  | { readonly kind: "end"; readonly submission: Json };

/** Tokens as the provider counted them. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The part of `inputTokens` that the provider served from its prompt cache. */
  readonly cachedInputTokens?: number;
}

/** Why generation ended: our word, and the provider's own. */
export interface Finish {
  readonly reason: "stop" | "tool-calls" | "length" | "content-filter" | "other";
  readonly raw: string;
}

/** What a model said, or why it said nothing usable. */
export type Reply = { readonly usage: Usage | undefined; readonly retries: readonly string[] } & (
  | {
      readonly kind: "said";
      readonly text: string;
      readonly calls: readonly ToolCall[];
      readonly finish: Finish;
    }
  | { readonly kind: "malformed"; readonly problem: string; readonly raw: string }
  | { readonly kind: "refused"; readonly text: string }
);

/** All that a model gets to see. */
export interface ModelRequest {
  readonly messages: readonly Message[];
  readonly tools: readonly ToolSpec[];
  /** Sampling seed of the episode; the same at every call of it. */
  readonly seed: number;
}

/** What the harness knows of a call and the model must not see. */
export interface CallContext {
  /** Key of the unit on whose behalf the call is made. */
  readonly unit: string;
  /** Number of the call within its unit, from 0. */
  readonly call: number;
  readonly signal: AbortSignal;
}

/**
 * A model behind an endpoint, embedded, or recorded.
 *
 * `complete` throws a `ModelFault` when it gives no reply, and the signal's reason when aborted.
 */
export interface Model {
  /** The name a study calls it by. */
  readonly id: string;
  /** Everything that decides what it answers: provider, name, endpoint, parameters, protocol. Part of every key. */
  readonly identity: JsonObject;
  /** How tool calls travel: the provider's own, or as text. */
  readonly protocol: "native" | "text";
  /** Printed wherever its numbers appear. */
  readonly label: string;
  complete(request: ModelRequest, context: CallContext): Promise<Reply>;
}

// ---------------------------------------------------------------- sandbox

export interface ExecResult {
  readonly exitCode: number;
  /** UTF-8, at most the limit of characters; what was cut is said in the text. */
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/**
 * One episode's files and shell. The working directory is the episode's own; paths are relative to
 * it. A non-zero exit, a time-out or an exhausted limit is a result, never a throw; it throws only
 * when the sandbox itself is broken.
 */
export interface Sandbox {
  exec(command: string, options?: ExecOptions): Promise<ExecResult>;
  /** @returns the bytes, or undefined where there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
  write(path: string, data: Uint8Array | string): Promise<void>;
  /** Paths of all files below the working directory, sorted. */
  list(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface ExecOptions {
  /** @default the provider's limit */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** What a domain may ask of a sandbox. */
export type Capability = "bash" | "python" | "openpyxl" | "libreoffice" | "sheet";

/** Opens sandboxes of one kind. */
export interface SandboxProvider {
  readonly name: "embedded" | "bubblewrap" | "docker" | "host";
  readonly capabilities: ReadonlySet<Capability>;
  /** @param files what lies in the working directory at first, by relative path. */
  open(files: ReadonlyMap<string, Uint8Array | string>): Promise<Sandbox>;
  close(): Promise<void>;
}

// ---------------------------------------------------------------- episodes and grades

/** How an episode ended. Only `submitted` has something to grade. */
export type Outcome =
  | { readonly kind: "submitted"; readonly submission: Json }
  | { readonly kind: "out-of-turns" }
  | { readonly kind: "out-of-tokens" }
  | { readonly kind: "out-of-time" }
  | { readonly kind: "context-exceeded" }
  | { readonly kind: "malformed-too-often" }
  | { readonly kind: "refused" }
  | { readonly kind: "broken"; readonly where: "model" | "sandbox"; readonly error: string };

/** Model calls of a unit, added up. */
export interface Spent {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The part of `inputTokens` that providers served from their prompt caches. */
  readonly cachedInputTokens?: number;
  /** Calls whose provider gave no token counts; their tokens are unknown, not 0. */
  readonly unmetered: number;
  /** What had to be tried again, and why. */
  readonly retries: readonly string[];
}

/** One trajectory: every message in order, and how it ended. */
export interface Episode {
  readonly messages: readonly Message[];
  readonly outcome: Outcome;
  readonly turns: number;
  readonly spent: Spent;
  readonly elapsedMs: number;
}

/** What a grader found. `ungraded` is left out of every mean, counted beside it, and run again. */
export type Grade =
  | {
      readonly kind: "graded";
      /** From 0 to 1. */
      readonly score: number;
      readonly passed: boolean;
      readonly because: string;
      readonly metrics?: Readonly<Record<string, number>>;
    }
  | { readonly kind: "ungraded"; readonly because: string };

// ---------------------------------------------------------------- domains

export interface Task {
  /** Unique in its dataset. */
  readonly id: string;
  /** Tasks of one group share a table, workbook or document: the cluster of the statistics. */
  readonly group: string;
  /** What the agent is given, except the files' bytes. */
  readonly input: JsonObject;
  /** Hidden from the agent. */
  readonly reference: JsonObject;
}

/** Choices a domain offers, such as `render: ["csv", "xlsx"]`; the first value is the default. */
export type DomainOptions = Readonly<Record<string, string>>;

/** What data a table was computed on. */
export interface DataInfo {
  /** Such as `WikiTableQuestions 1.0.2`. */
  readonly name: string;
  /** False for the sample the project ships. */
  readonly real: boolean;
  /** SHA-256 over the files that were read. */
  readonly digest: string;
  readonly path: string;
}

/** A data set that was found, ready to be read. */
export interface Dataset {
  readonly info: DataInfo;
  /**
   * All tasks of a split, in the official order.
   *
   * @throws {InputError} when a file is missing or does not parse, with file and line.
   */
  load(split: string, options: DomainOptions): Promise<readonly Task[]>;
  /**
   * Whether the files of a split are there. A study takes a split that is not from the shipped
   * sample, and says so.
   *
   * @default it is, or `load` says what is missing
   */
  has?(split: string): boolean;
}

/** What was collected of an episode for the grader. */
export type Evidence = JsonObject;

/**
 * A domain, whole: the harness sees this value and nothing else of the domain's folder.
 *
 * `prompt` and `grade` are pure; `files` and `collect` have the effects.
 */
export interface Domain {
  readonly name: string;
  /** Name and version of the grader: part of every key. */
  readonly grader: string;
  /** What the mean of the scores is called in tables. */
  readonly metric: string;
  /** What the share of passed tasks is called, where that is not the mean of the scores. */
  readonly passMetric?: string;
  /** Names of the grade's `metrics` that a column may show in place of the score, each from 0 to 1. */
  readonly metrics?: readonly string[];
  /** The kind of tasks, the tools and the form of the answer; all that a draft may know. */
  readonly about: string;
  /** What a sandbox must have for these options. */
  needs(options: DomainOptions): readonly Capability[];
  /**
   * What an error analyst proves its explanation with: a command that computes the answer from the
   * input files, or, where no command can (pictures), advice with which a new episode passes.
   */
  readonly fix: "command" | "advice";
  readonly options: Readonly<Record<string, readonly string[]>>;
  readonly splits: readonly string[];
  /** Directories of the skills it ships, by name; `human-written` and `placebo` are required. */
  readonly skills: Readonly<Record<"human-written" | "placebo", string>>;
  /**
   * Directories below the data directory that it reads, where that is not one of the domain's name;
   * `open` is then given the data directory itself.
   */
  readonly dataFolders?: readonly string[];
  /**
   * Finds the data set.
   *
   * @param dataDir the directory that holds this domain's real data, if there is one.
   * @returns the real set where it is there and otherwise the shipped sample.
   */
  open(dataDir: string | undefined): Promise<Dataset>;
  /** The domain's part of the system prompt: environment, tools, form of the answer. */
  instructions(options: DomainOptions): string;
  /** The user message of a task. */
  prompt(task: Task, options: DomainOptions): string;
  /**
   * Files in the working directory at the start, by relative path.
   *
   * @throws {InputError} when the task's own data cannot be used: its episodes are ungraded.
   */
  files(task: Task, options: DomainOptions): Promise<ReadonlyMap<string, Uint8Array | string>>;
  /**
   * Pictures that go with the user message; none where absent.
   *
   * @throws {InputError} as `files` does.
   */
  images?(task: Task, options: DomainOptions): Promise<readonly Image[]>;
  /**
   * Tools beside `bash` and `submit`. Their descriptions depend on the options alone, and making them
   * touches no file.
   */
  tools?(options: DomainOptions, sandbox: Sandbox): readonly Tool[];
  /** Takes what the agent submitted and what it left in the sandbox. Never throws for an agent's fault. */
  collect(
    task: Task,
    submission: Json,
    sandbox: Sandbox,
    options: DomainOptions,
  ): Promise<Evidence>;
  grade(task: Task, evidence: Evidence): Grade;
  /** The reference as text for the error analyst, and its literal items for the check that a fix does not copy them. */
  reveal(task: Task): { readonly text: string; readonly items: readonly string[] };
}

// ---------------------------------------------------------------- skills

/** A skill directory after the Agent Skills specification, read whole. */
export interface Skill {
  /** From the front matter; equals the directory's name. */
  readonly name: string;
  /** By path relative to the skill, sorted; always has `SKILL.md`. */
  readonly files: ReadonlyMap<string, string>;
  /** SHA-256 over every path and its bytes. */
  readonly digest: string;
}

/** The operations of a patch, named as in the paper's released artefacts. */
export type EditOperation =
  | "insert_after"
  | "insert_before"
  | "append_to_section"
  | "replace_in_section"
  | "add_section"
  | "delete_section"
  | "create"
  | "delete_file";

/**
 * One edit of a skill directory; the field names are those of the wire.
 *
 * `tasks` and `steps` are filled in by the harness, never by a model.
 */
export interface Edit {
  /** Unique within an evolution, such as `p12.e1` or `m2.3.e4`. */
  readonly id: string;
  /** Path relative to the skill. */
  readonly file: string;
  readonly op: EditOperation;
  /** The heading line of the section to work in, such as `## Workflow`. */
  readonly target_section?: string;
  /** The text in the section to insert beside. */
  readonly target_text?: string;
  /** The text to replace. */
  readonly old_text?: string;
  /** The heading after whose section a new one goes. */
  readonly after_section?: string;
  readonly content?: string;
  /** Edits of the level below that this one came from; itself for a proposal. */
  readonly sources: readonly string[];
  /** Distinct task ids behind it, sorted. */
  readonly tasks: readonly string[];
}

/** Proposed edits to one frozen skill. */
export interface Patch {
  /** Such as `p12`, or `m2.3` for a merged one. */
  readonly id: string;
  readonly reasoning: string;
  readonly edits: readonly Edit[];
  readonly changelog: readonly string[];
}

// ---------------------------------------------------------------- effects passed in

export interface Clock {
  /** Wall time, ISO 8601, for stamps on records. */
  nowIso(): string;
  /** Monotonic milliseconds, for measuring; the origin means nothing. */
  ticksMs(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Seeded draws. `fork` gives a stream of its own, so a new draw here moves no number there. */
export interface Rng {
  /** Uniform in [0, 1). */
  next(): number;
  fork(label: string): Rng;
}

// ---------------------------------------------------------------- units of work

/**
 * A piece of work with a stored result: a rollout, an analysis, a merge node.
 *
 * Its key is the SHA-256 of `stage`, `version` and `inputs`, so `inputs` holds everything that
 * decides the result (identities, digests, seed, settings) and nothing else.
 */
export interface Unit {
  readonly stage: string;
  /** Raised when the code of the stage changes what it does. */
  readonly version: number;
  readonly inputs: JsonObject;
  /** For people, in the journal: task, model, seed. Not part of the key. */
  readonly about: JsonObject;
  run(context: UnitContext): Promise<UnitResult>;
}

export interface UnitContext {
  readonly key: string;
  readonly signal: AbortSignal;
}

/** `grade` is there for units that a mean is taken over; an ungraded one is run again next time. */
export interface UnitResult {
  readonly result: JsonObject;
  readonly grade?: Grade;
  readonly spent: Spent;
  readonly elapsedMs: number;
  /** Kept beside the journal, compressed. */
  readonly transcript?: Json;
}

/** A finished unit, as it stands in the journal. */
export interface Row {
  readonly key: string;
  readonly stage: string;
  /** When it was finished, ISO 8601. */
  readonly at: string;
  readonly about: JsonObject;
  readonly result: JsonObject;
  readonly grade?: Grade;
  readonly spent: Spent;
  readonly elapsedMs: number;
  readonly transcript?: TranscriptRef;
}

/** Where a transcript lies: bytes of one compressed member of a pack file of the store. */
export interface TranscriptRef {
  /** SHA-256 of the uncompressed JSON. */
  readonly digest: string;
  readonly pack: string;
  readonly offset: number;
  readonly length: number;
}

/** Runs units that are not stored, and gives back what is. */
export interface Runner {
  run(unit: Unit): Promise<Row>;
  /** The transcript of a row, or undefined where it has none. */
  transcript(row: Row): Promise<Json | undefined>;
}

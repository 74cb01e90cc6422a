import type { Grade } from "./episode.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Image, Tool } from "./model.ts";
import type { Subject } from "./rule-agent.ts";
import type { Need, Sandbox, ShellCommand } from "./sandbox.ts";

export interface Task {
  /** Unique in its dataset. */
  readonly id: string;
  /** Tasks of one group share their material, so they are not independent: the cluster of the statistics. */
  readonly group: string;
  /** What the agent is given, except the files' bytes. */
  readonly input: JsonObject;
  /** Hidden from the agent. */
  readonly reference: JsonObject;
}

/** Choices a domain offers, such as `render: ["csv", "html"]`; the first value is the default. */
export type DomainOptions = Readonly<Record<string, string>>;

/** What data a table was computed on. */
export interface DataInfo {
  /** Name and version, as its publishers write it. */
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

/**
 * What was collected of an episode for the grader. A domain may add what its grader needs; the
 * evolution reads nothing but the fields named here.
 */
export interface Evidence extends JsonObject {
  /** The prediction as a list of literal items, where the domain's answers are lists. */
  readonly items?: readonly string[];
  /** The prediction as one text, where there is one. */
  readonly answer?: string;
}

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
  /** What a sandbox must have beside bash for these options; of one capability always the same need. */
  needs(options: DomainOptions): readonly Need[];
  /**
   * What an error analyst proves its explanation with: a command that computes the answer from the
   * input files, or, where no command can, advice with which a new episode passes.
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
  /**
   * The text of the answer that a final reply states in the form the domain asks for; undefined where
   * it states none. Absent where no answer is a text.
   *
   * @param reply without its thinking.
   */
  answerIn?(reply: string, options: DomainOptions): string | undefined;
  /**
   * How a task is put in one call without tools; undefined where these options leave it no such form,
   * and absent where no answer is a text.
   */
  direct?(options: DomainOptions): DirectForm | undefined;
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
  /** Real data sets that can be fetched and verified, by the name that `npm run data` calls them. */
  readonly dataSets: Readonly<Record<string, DataSet>>;
  /**
   * Opens the grader of predictions made elsewhere (`npm run grade`).
   *
   * @throws {InputError} for a grader or a flag that the domain does not know.
   */
  openCaseGrader(options: CaseGraderOptions): Promise<CaseGrader>;
  /** The form of a case, and the flags that it knows, for the help of `npm run grade`. */
  readonly caseHelp: string;
  /** The sample that the project ships, and how it is made (`scripts/build-sample.ts`). */
  readonly sample: Sample;
  /** Commands that the agent's shell has in this domain, beside those of every shell. */
  readonly commands?: readonly ShellCommand[];
  /** What the rule-based agent knows of the domain; loaded only when that agent runs. */
  ruleAgent?(): Promise<Subject>;
}

/** A way to put the tasks of a domain in one call without tools. Pure; pictures are those of `Domain.images`. */
export interface DirectForm {
  /** Whether a study is `interaction: direct` where it does not say. */
  readonly isDefault: boolean;
  /** As `Domain.about`, of tasks that are put this way. */
  readonly about: string;
  /** As `Domain.instructions`: the kind of tasks, and no tool. */
  readonly instructions: string;
  /** What an agent would find in its files, as text of whole lines; absent where that is nothing, or pictures. */
  material?(task: Task): string;
  /**
   * The user message, which asks for the answer in the form that `Domain.answerIn` reads.
   *
   * @param material as `material` gave it, or its beginning with a word of what was cut off.
   */
  message(task: Task, material: string): string;
}

/** Data made for the project, which a study runs on where the real data is not there. */
export interface Sample {
  /** Where it lies; nothing else is in this directory. */
  readonly directory: string;
  /** Its files by path; the same bytes each time. */
  build(): Promise<ReadonlyMap<string, Uint8Array | string>>;
}

/** A real data set that `npm run data` knows. */
export interface DataSet {
  readonly title: string;
  /** Where it is fetched from unless `--from` names a mirror; absent where nobody serves it to a program. */
  readonly address?: string;
  /** How to get it by hand, where there is no address. */
  readonly byHand?: string;
  /** Its directory below the data directory. */
  readonly folder: string;
  /** Whether the directory holds some of it. */
  isThere(directory: string): boolean;
  /** @throws {InputError} when a file cannot be had; what was fetched stays. */
  fetch?(job: FetchJob): Promise<FetchReport>;
  verify(directory: string): Promise<VerifyReport>;
}

/** What is to be fetched, and how. */
export interface FetchJob {
  /** Base address, with a slash at its end. */
  readonly from: string;
  /** Directory of the data set. */
  readonly into: string;
  /** Downloads one file: resumable, retried, and checked where a digest is given. */
  download(file: Download): Promise<void>;
  /** Told after every file. */
  onProgress?(done: number, all: number): void;
}

/** One file to have: where it comes from, where it goes, and what it must be. */
export interface Download {
  readonly url: string;
  readonly path: string;
  /** Absent where no digest is known. */
  readonly sha256: string | undefined;
}

/** What a fetch did. */
export interface FetchReport {
  readonly downloaded: number;
  /** There already, with the right digest. */
  readonly kept: number;
  /** Made or downloaded, but with no digest to compare with. */
  readonly unchecked: readonly string[];
}

/** How a data set on disk compares with the digests that are known of it. */
export interface VerifyReport {
  readonly name: string;
  /** Directory or archive; undefined where there is no data set. */
  readonly path: string | undefined;
  readonly ok: boolean;
  readonly right: number;
  readonly missing: readonly string[];
  readonly wrong: readonly string[];
  /** Files that are read but for which no digest is known. */
  readonly unchecked: readonly string[];
}

/** A verdict on a prediction made elsewhere. */
export interface Verdict {
  readonly id: string | number;
  readonly passed: boolean;
  /** Null where the grader could not decide: ungraded, never a zero. */
  readonly score: number | null;
  readonly because: string;
}

/** Flags of `npm run grade`; a domain refuses those it has no use for. */
export interface CaseGraderOptions {
  /** A grader of the domain by name. */
  readonly grader?: string;
  /** The directory that paths of the cases are below. */
  readonly root?: string;
}

/** Grades the cases of one file. */
export interface CaseGrader {
  /**
   * Grades one parsed case, at once or beside others. `where` is its `file:line`.
   *
   * @throws {InputError} at once, when the case is wrong.
   */
  grade(value: unknown, where: string): Verdict | Promise<Verdict>;
  close?(): Promise<void>;
}

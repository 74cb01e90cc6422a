import type { Image, ModelRequest, ToolCall } from "./model.ts";

/*
 * What a domain may tell the rule-based agent of itself. The agent is scaffolding: it lets a
 * study run without a language model. Nothing else of the harness reads these types.
 */

/** The sizes of the rule-based agent. */
export type Size = "small" | "large";

/** What is said in one turn. */
export interface RoleTurn {
  readonly text: string;
  readonly calls: readonly ToolCall[];
}

/** A shell command that was run, and what it printed. */
export interface Observed {
  readonly command: string;
  readonly text: string;
}

/**
 * A pattern of a sentence: concepts in the order they are said, separated by spaces. A concept is a
 * list of words separated by `|`; `leave+out` is two words said close together. Words stand for all
 * their endings.
 */
export type Pattern = string;

/** How a habit is worded when it is taught: one rule of a skill. */
export interface Rule {
  readonly title: string;
  readonly when: string;
  readonly do: string;
  readonly why: string;
  readonly unless: string;
  readonly check: string;
}

/** One thing that the rule-based agent may or may not do when it answers. */
export interface Habit {
  readonly id: string;
  /** Bad advice: it does harm wherever its condition does not happen to hold. */
  readonly harmful: boolean;
  /** Tasks (their question, folded) in which it can matter. */
  readonly applies: RegExp;
  readonly taughtBy: readonly Pattern[];
  readonly rule: Rule;
}

/**
 * A kind of tasks that the rule-based agent can do: what it may know of it, how it works on it, and how
 * it thinks about somebody else's work on it.
 *
 * Roles know no subject; they find the one of a conversation by its text (`subjects.ts`) and ask it
 * for what they need. A subject never learns which role asks.
 */
export interface Subject {
  /** Tells it from the other subjects; never said to anybody. */
  readonly name: string;
  /** What a task of it is about, as it stands in a sentence: `the table`. */
  readonly material: string;
  /** By id. Ids and titles are unique over all subjects. */
  readonly habits: ReadonlyMap<string, Habit>;
  /** Habits that each size has without reading of them. */
  readonly knows: Readonly<Record<Size, readonly string[]>>;
  /** Whether a text is the user message of such a task, or describes such tasks. */
  recognises(text: string): boolean;
  /** The next turn of an agent that works on a task. */
  play(turn: AgentTurn): RoleTurn | Promise<RoleTurn>;
  /** What a written trajectory shows of its task, for those who have nothing else. */
  recall(seen: SeenTrajectory): Recalled | Promise<Recalled>;
  /** What an analyst with a shell of its own, and the task's input files in it, has found out so far. */
  study(desk: Desk): Studied | Promise<Studied>;
  /** Whether two answers are the same. */
  same(a: readonly string[], b: readonly string[]): boolean;
  /** Whether an answer is the one of a reference, given as the text that an analyst may read. */
  agrees(items: readonly string[], reference: string): boolean;
}

/** What an agent has before it when it is its turn. */
export interface AgentTurn {
  /** The user message. */
  readonly task: string;
  /** Its pictures. */
  readonly images: readonly Image[];
  /** Shell commands that were answered, in order. */
  readonly observed: readonly Observed[];
  /** Its habits: known, or read in a skill, and not forgotten in this episode. */
  readonly habits: ReadonlySet<string>;
  /** The whole conversation, for a subject with tools of its own. */
  readonly request: ModelRequest;
}

/** A task with what was seen of its material: it can be answered again with any habits. */
export interface Problem {
  /** The habits of its subject. */
  readonly habits: ReadonlyMap<string, Habit>;
  /** Tells it, with its material, from every other problem of all subjects. */
  readonly key: string;
  /** The words that say what is asked; habits tell by them whether they could matter. */
  readonly question: string;
  /** Whether enough of the material was seen to say anything of the task. */
  readonly isSeen: boolean;
  /** Answers it. Pure: the same habits, the same answer. */
  trace(on: ReadonlySet<string>): Traced;
}

/** An answer, and how it came about. */
export interface Traced {
  /** The items of the answer; none where nothing was found. */
  readonly items: readonly string[];
  /** Every habit that was looked at on the way, on or off. */
  readonly asked: ReadonlySet<string>;
  /**
   * A shell command that computes the answer from the task's input files in a fresh directory, and
   * prints it or leaves it where the task wants it; undefined where no command can.
   */
  command(): string | undefined;
}

/** What a trajectory tells of its task. */
export interface Recalled {
  readonly problem: Problem;
  /** What was answered in the end, in the form of `Traced.items`. */
  readonly answered: readonly string[];
}

/** What lies on the desk of an analyst with a shell. */
export interface Desk {
  /** The user message, which begins with that of the task. */
  readonly task: string;
  readonly images: readonly Image[];
  readonly observed: readonly Observed[];
  /** The trajectory that is analysed; empty until it was opened. */
  readonly trajectory: SeenTrajectory;
}

/** How far an analyst has come. */
export interface Studied {
  readonly problem: Problem;
  /** The command that shows more of the material; undefined when there is nothing more to see. */
  readonly next: string | undefined;
}

/** What is taken from a trajectory written as numbered steps. */
export interface SeenTrajectory {
  /** All of it. */
  readonly text: string;
  /** The user message. */
  readonly task: string;
  readonly steps: readonly SeenStep[];
  /** Shell commands with what they printed, over all steps. */
  readonly observed: readonly Observed[];
  /** The lines that were submitted. */
  readonly submitted: readonly string[];
  /** The last step at which the agent looked at something, or its last one. */
  readonly decidingStep: number;
  /** Input files that were shown beside the trajectory, by name; most readers get none. */
  readonly files: ReadonlyMap<string, string>;
}

/** A step of a trajectory. */
export interface SeenStep {
  readonly number: number;
  /** What the agent said. */
  readonly text: string;
  readonly calls: readonly SeenCall[];
}

/** A call of a tool, as a trajectory shows it. */
export interface SeenCall {
  readonly tool: string;
  /** The only argument where it is one text, otherwise all of them as JSON. */
  readonly argument: string;
  /** Undefined where it led to none. */
  readonly observation: string | undefined;
}

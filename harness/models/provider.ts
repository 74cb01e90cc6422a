import type { z } from "zod";
import type { Clock, JsonObject, Model, Spent, Subject } from "../contracts/index.ts";
import type { Gate } from "./wrappers/limited.ts";
import type { CallEvents } from "./wrappers/watched.ts";

/** A kind of models that a study may name: one entry of the registry. */
export interface ModelProvider<Entry> {
  /** What a study writes in the field `provider`. */
  readonly name: string;
  /** Whether its models write and reason by themselves, so that nobody knows beforehand which commands they try. */
  readonly isLanguageModel: boolean;
  /** The shape of such an entry under `models:` of a study. */
  readonly schema: z.ZodType<Entry>;
  /**
   * Makes ready what a study wrote. Nothing is contacted.
   *
   * @param id what the study calls the model by.
   * @throws {InputError} when a key is missing that is needed.
   */
  declare(id: string, entry: Entry, at: Surroundings): DeclaredModel;
  /** The entry as it may be printed and stored: without what is secret in it. */
  publicEntry(entry: Entry): JsonObject;
}

/** What a model's entry leaves to the machine that runs it. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a missing key is refused: a plan contacts nobody. */
  readonly keys: "needed" | "optional";
}

/** A model that is known but not opened yet. */
export interface DeclaredModel extends Omit<Model, "complete"> {
  /** Episodes at a time that it is good for, where nobody names a number. */
  readonly episodes: number;
  /** USD of a unit's account; undefined where a price or a count is unknown. */
  costOf(spent: Spent): number | undefined;
  open(deps: ModelDeps): Promise<Model>;
  /**
   * Makes sure, within five seconds, that it can be called.
   *
   * @throws {InputError} what is wrong, and the fix.
   */
  check(clock: Clock): Promise<void>;
  /**
   * Calls it, and says what was found.
   *
   * @throws {InputError} when it cannot be used.
   */
  describe(clock: Clock): Promise<string>;
}

/** What models are opened with. */
export interface ModelDeps {
  readonly clock: Clock;
  /** What the rule-based agent knows of the domains. */
  readonly subjects?: (() => Promise<readonly [Subject, ...Subject[]]>) | undefined;
  /** Hears of every call to an endpoint. */
  readonly calls?: CallEvents | undefined;
  /** Where calls wait for their turn, by endpoint; models that are opened with the same ones share them. */
  readonly gates?: Map<string, Gate> | undefined;
}

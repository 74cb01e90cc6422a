import type { Row, Runner, Skill, Task } from "../contracts/index.ts";
import type { ReasoningBank } from "../evolution/baselines/reasoning-bank.ts";
import type { Evolution } from "../evolution/evolution.ts";
import type { EvolutionPreset } from "../evolution/presets.ts";
import { bestTried, meanScore } from "../evolution/stages/apply/choose.ts";
import { keptIn } from "../kept.ts";
import { type EvolvedSource, type SkillSource, sourceKey } from "./arms.ts";

/** What a method made of trajectories. */
export interface Learnt {
  /** The skill an agent is given, unless `skillFor` says otherwise. */
  readonly skill: Skill;
  readonly evolution?: Evolution;
  /** Of a method that retrieves: its memory, and what each task is given of it. */
  readonly bank?: ReasoningBank;
  readonly skillFor?: (task: Task) => Skill;
}

/** A skill that was learnt, or one that was simply there. */
export interface ResolvedSkill extends Omit<Learnt, "skill"> {
  readonly skill: Skill | undefined;
  /** Of a skill chosen among several evolutions: how each did on the tasks that chose. */
  readonly candidates?: readonly TriedEvolution[];
  /** Every unit that went into it, of its parent's draft and of candidates that were not chosen too. */
  readonly made?: readonly Row[];
}

/** One of several evolutions, with its mean score on the tasks that choose. */
export interface TriedEvolution {
  readonly seed: number;
  readonly digest: string;
  readonly mean: number | null;
}

/** What resolving a source needs; each call may run units, with the runner that it is given. */
export interface SkillMaker {
  given(name: "human-written" | "placebo"): Skill;
  draft(author: string, seed: number, runner: Runner): Promise<Skill>;
  learn(source: EvolvedSource, parent: Skill, seed: number, runner: Runner): Promise<Learnt>;
  /** One episode of every task that chooses, with the author as the agent. */
  tryOut(
    source: EvolvedSource,
    skill: Skill,
    seed: number,
    runner: Runner,
  ): Promise<readonly Row[]>;
  /** The preset that a source is evolved under. */
  presetOf(source: EvolvedSource): EvolutionPreset;
}

/**
 * Resolves sources to skills, each once.
 *
 * A preset with one evolution seed evolves a skill of its own for every seed of the study, so that
 * intervals hold the variance of evolution. A preset with several (the paper's three) evolves that
 * many, and uses the one that does best on the tasks that choose at every seed.
 *
 * @param seeds the study's seeds.
 */
export function skillResolver(
  make: SkillMaker,
  seeds: readonly number[],
  runner: Runner,
): (source: SkillSource, seed: number) => Promise<ResolvedSkill> {
  const resolved = new Map<string, Promise<ResolvedSkill>>();

  const draftOf = (author: string, seed: number): Promise<ResolvedSkill> =>
    keptIn(resolved, `${sourceKey({ kind: "draft", author })} ${seed}`, async () => {
      const meter = metered(runner);
      return { skill: await make.draft(author, seed, meter), made: meter.rows() };
    });

  const parentOf = async (source: EvolvedSource, seed: number) => {
    if (source.mode === "deepening") return { parent: make.given("human-written"), made: [] };
    const { skill, made = [] } = await draftOf(source.author, seed);
    if (skill === undefined) throw new Error("a draft without a skill");
    return { parent: skill, made };
  };

  const evolveOne = async (source: EvolvedSource, seed: number) => {
    const { parent, made } = await parentOf(source, seed);
    const meter = metered(runner);
    const learnt = await make.learn(source, parent, seed, meter);
    return { ...learnt, made: [...made, ...meter.rows()] };
  };

  const best = async (source: EvolvedSource) => {
    const { evolutionSeeds } = make.presetOf(source);
    const tries = await Promise.all(
      candidateSeeds(seeds, evolutionSeeds).map(async (seed) => {
        const { made, ...learnt } = await evolveOne(source, seed);
        const meter = metered(runner);
        const rows = await make.tryOut(source, learnt.skill, seed, meter);
        const tried = { seed, digest: learnt.skill.digest, mean: meanScore(rows) };
        return { learnt, ...tried, made: [...made, ...meter.rows()] };
      }),
    );
    const { learnt } = bestTried(tries);
    const candidates = tries.map(({ seed, digest, mean }) => ({ seed, digest, mean }));
    return { ...learnt, candidates, made: tries.flatMap(({ made }) => made) };
  };

  return async (source, seed) => {
    if (source.kind === "none") return { skill: undefined };
    if (source.kind === "given") return { skill: make.given(source.name) };
    if (source.kind === "draft") return draftOf(source.author, seed);
    return make.presetOf(source).evolutionSeeds > 1
      ? keptIn(resolved, sourceKey(source), () => best(source))
      : keptIn(resolved, `${sourceKey(source)} ${seed}`, () => evolveOne(source, seed));
  };
}

/** The first `count` seeds of a study, continued by counting on where it has fewer. */
function candidateSeeds(seeds: readonly number[], count: number): readonly number[] {
  const last = Math.max(...seeds);
  return Array.from({ length: count }, (_, i) => seeds[i] ?? last + 1 + i - seeds.length);
}

/**
 * Watches a runner, to know what a result took to make.
 *
 * @returns `rows`: every unit once, stored before or not, in the order in which they were first finished.
 */
export function metered(runner: Runner): Runner & { rows(): readonly Row[] } {
  const seen = new Map<string, Row>();
  return {
    async run(unit) {
      const row = await runner.run(unit);
      seen.set(row.key, row);
      return row;
    },
    transcript: (row) => runner.transcript(row),
    rows: () => [...seen.values()],
  };
}

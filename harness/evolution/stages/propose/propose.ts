import type { Domain, DomainOptions, Row, Runner, Skill, Task } from "../../../contracts/index.ts";
import type { EvolutionPreset } from "../../presets.ts";
import { evidenceOf, type Past } from "../../record/past.ts";
import type { PatchOrigin } from "../../record/provenance.ts";
import type { Answering } from "../../unit.ts";
import type { Analysis } from "../analyse/analysis.ts";
import { type Proposal, patchOf, propose } from "./propose-unit.ts";
import { taskValues } from "./task-values.ts";

/** What came of every explained trajectory. */
export interface Proposed {
  readonly proposals: readonly Proposal[];
  readonly rows: readonly Row[];
  /** One a patch, in the order of the analyses. */
  readonly origins: readonly PatchOrigin[];
}

/** One proposal for each explained trajectory, all at the same time, all to the frozen parent. */
export async function proposeAll(
  analyses: readonly Analysis[],
  request: {
    readonly domain: Domain;
    readonly options: DomainOptions;
    readonly parent: Skill;
    readonly preset: EvolutionPreset;
    readonly tasks: readonly Task[];
    readonly past: Past;
  },
  by: Answering,
  runner: Runner,
): Promise<Proposed> {
  const { domain, options, parent, preset, past } = request;
  const tasks = new Map(request.tasks.map((task) => [task.id, task] as const));
  const explained = analyses.filter((analysis) => analysis.end.kind === "explained");
  const found = await Promise.all(
    explained.map(async (analysis) => {
      const task = tasks.get(analysis.task);
      const values: ReadonlySet<string> =
        preset.ruleSchema && task
          ? await taskValues(domain, options, task, parent)
          : new Set<string>();
      const rules = { parent, ruleSchema: preset.ruleSchema, values };
      const row = await runner.run(propose(analysis, rules, by, past));
      return { analysis, row, proposal: row.result as unknown as Proposal };
    }),
  );
  const origins = found
    .filter(({ proposal }) => proposal.end === "patch")
    .map(({ analysis, proposal }, i): PatchOrigin => {
      const patch = patchOf(`p${i + 1}`, proposal, analysis.task, past);
      const steps = patch.edits.map(
        (edit, k) => [edit.id, proposal.edits[k]?.steps ?? []] as const,
      );
      const earlier = patch.edits.map(
        (edit, k) => [edit.id, evidenceOf(past, proposal.edits[k]?.patterns ?? [])] as const,
      );
      return {
        patch,
        task: analysis.task,
        row: analysis.row,
        steps: new Map(steps),
        ...(analysis.passed === undefined
          ? {}
          : {
              passed: {
                row: analysis.passed,
                steps: new Map(
                  patch.edits.map((edit, k) => [edit.id, proposal.edits[k]?.passedSteps ?? []]),
                ),
              },
            }),
        earlier: new Map(earlier.filter(([, evidence]) => evidence.length > 0)),
      };
    });
  return {
    proposals: found.map(({ proposal }) => proposal),
    rows: found.map(({ row }) => row),
    origins,
  };
}

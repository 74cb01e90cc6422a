import { gateText } from "../stages/gate/arms.ts";
import { type Account, type ReasonCounts, sumOfCounts } from "./account.ts";

/** The account as Markdown for people (`account.md`). */
export function accountText(account: Account, title: string): string {
  const { trajectories, analyses, patches, proposed, fates, final, merge, lines } = account;
  const replies = Object.entries(account.replies).map(
    ([stage, { faults, notes, repairs }]) =>
      `- ${stage}: ${repairs} repair calls${reasons(faults)}${sumOfCounts(notes) > 0 ? `; read leniently${reasons(notes)}` : ""}`,
  );
  const spent = Object.entries(account.spent).map(
    ([stage, one]) =>
      `| ${stage} | ${one.calls} | ${one.inputTokens} | ${one.outputTokens} | ${one.unmetered} |`,
  );
  const parts = partsText(account);
  return `# ${title}

${account.identical ? "The evolved skill is its parent, byte for byte.\n\n" : ""}| step | count | of which |
| --- | ---: | --- |
| trajectories | ${trajectories.total} | ${trajectories.failures} failures, ${trajectories.successes} successes, ${trajectories.errored} errored |
| analysed | ${analyses.asked} | ${analyses.explained} explained, ${sumOfCounts(analyses.dropped)} dropped${reasons(analyses.dropped)}; ${analyses.notAsked} of the other side not asked |
| memory items | ${analyses.memories} | |
| patches | ${patches.made} | ${sumOfCounts(patches.without)} explained without one${reasons(patches.without)} |
| proposed edits | ${proposed.total} | ${proposed.merged} to the merge, ${sumOfCounts(proposed.withheld)} withheld${reasons(proposed.withheld)} |
| fates of those | ${proposed.merged} | ${fates.kept} in the skill, ${fates.demoted} demoted, ${fates.quarantined} quarantined, ${fates.withheld} withheld, ${fates.dropped} dropped by a merge, ${fates.lost} lost by a merge |
| edits after the merge | ${final.total} | ${final.kept} in the skill, ${final.demoted} demoted to a reference${final.compacted ? ` (${final.compacted} for want of room)` : ""}, ${final.quarantined} quarantined, ${sumOfCounts(final.withheld)} withheld${reasons(final.withheld)} |
| lines of the skill | ${lines.skill} | ${lines.parent} of the parent, less ${lines.removed}, plus ${lines.evolved} evolved |

Support (distinct tasks behind an edit after the merge): ${list(final.support) || "none"}.

Merge: ${merge.levels} levels, fan-in ${merge.fanIn}, ${merge.calls} calls, ${merge.carried} edits carried over as they were, ${merge.inferred} with sources found by code. Secrets taken out of trajectories: ${account.redactions}.
${parts}
## Replies

${replies.join("\n")}

## Spent

| stage | calls | input tokens | output tokens | calls without counts |
| --- | ---: | ---: | ---: | ---: |
${spent.join("\n")}
`;
}

/** One paragraph a part that was on. */
function partsText(account: Account): string {
  const { differences, triage, contrast, choice, replay, rollouts, gate, rounds } = account;
  const paragraphs = [
    rollouts && `Rollouts: ${list(rollouts)}.`,
    gate && `Gate: ${gateText(gate)}`,
    rounds?.map(roundText).join("\n"),
    differences &&
      `Differences, found by code before any call: ${differences.failures} failures${reasons(differences.kinds)}.`,
    triage &&
      `Triage: ${sumOfCounts(triage.notAsked)} of ${triage.failures} failures not shown to one call${reasons(triage.notAsked)}; ${triage.asked} failures shown to one call, ${triage.explained} explained by a fix that passed, ${sumOfCounts(triage.passedOn)} passed on to the agentic analyst${reasons(triage.passedOn)}.`,
    choice &&
      `Merges: ${choice.merges} of the same patches, ${choice.distinct} different skills, ${choice.rollouts} episodes to choose among them.`,
    contrast &&
      `Contrast: ${contrast.tasks} failed tasks run again in ${contrast.repeats.total} episodes (${contrast.repeats.passed} passed, ${contrast.repeats.failed} failed, ${contrast.repeats.errored} errored); ${contrast.uncertain} tasks with both outcomes, ${contrast.explained} of them explained, ${sumOfCounts(contrast.dropped)} dropped${reasons(contrast.dropped)}; ${contrast.memories} memory items.`,
    replay &&
      `Replay: ${replay.tried} patches tried alone, ${replay.admitted} admitted, ${sumOfCounts(replay.keptOut)} kept out${reasons(replay.keptOut)}; by points ${list(replay.points)}; ${replay.breaking} break a neighbour, ${replay.repairing} repair one.`,
  ];
  return paragraphs.map((paragraph) => (paragraph ? `\n${paragraph}\n` : "")).join("");
}

/** One round in a line; its whole account lies beside this one. */
function roundText({ trajectories, fates, gate, identical, lines }: Account, i: number): string {
  const end = gate
    ? gateText(gate)
    : identical
      ? "Nothing changed."
      : `${lines.evolved} lines written.`;
  return `- Round ${i + 1}: ${trajectories.failures} failures and ${trajectories.successes} successes, ${fates.kept} proposed edits kept, ${fates.withheld} withheld. ${end}`;
}

function reasons(counts: ReasonCounts): string {
  return sumOfCounts(counts) === 0 ? "" : ` (${list(counts)})`;
}

function list(counts: ReasonCounts): string {
  return Object.entries(counts)
    .map(([reason, count]) => `${reason}: ${count}`)
    .join(", ");
}

import { keptIn } from "../kept.ts";
import { type Candidate, candidateOf, editsAt } from "./candidate.ts";
import type { WithheldReason } from "./edit-outcome.ts";
import type { Finding } from "./finding.ts";
import type { FrozenParent } from "./frozen-parent.ts";
import { type Link, linkGraphOf } from "./link-graph.ts";
import { lintFiles } from "./lint-skill.ts";
import type { Placement } from "./placement.ts";
import { lineAt, type Outline, outlineOf } from "./section.ts";
import { excessesOf, lineCount } from "./size-budget.ts";
import { isMarkdown } from "./skill-path.ts";
import { estimateTokens } from "./token-estimate.ts";

/** A placement that has to go so that the result is no worse a skill than the parent. */
export interface Objection {
  readonly placement: Placement;
  readonly reason: WithheldReason;
  readonly detail: string;
}

/**
 * Withholds edits until the result has no lint error that the parent has not, has lost no heading that
 * no edit removed, and is within the size budget (or no larger than a parent that was over it).
 *
 * A fault is laid to the edits that wrote the line; where no line tells, the edit with the
 * fewest tasks behind it goes first, and of those the last.
 *
 * @returns what may be applied together, what comes of it, and the objections in the order they were made.
 */
export function guarded(
  parent: FrozenParent,
  placements: readonly Placement[],
): {
  readonly kept: readonly Placement[];
  readonly candidate: Candidate;
  readonly objections: readonly Objection[];
} {
  const judge = new Judge(parent);
  const objections: Objection[] = [];
  let kept = placements;
  let candidate = candidateOf(parent, kept);
  while (kept.length > 0) {
    // A skill far too long is cut first: reading it as Markdown again and again would take minutes.
    let raised = farTooLong(candidate) ? judge.excess(candidate, kept) : [];
    if (raised.length === 0) raised = judge.faults(candidate, kept);
    if (raised.length === 0) raised = judge.excess(candidate, kept);
    if (raised.length === 0) break;
    const gone = new Set(raised.map(({ placement }) => placement));
    objections.push(...raised);
    kept = kept.filter((placement) => !gone.has(placement));
    candidate = candidateOf(parent, kept);
  }
  return { kept, candidate, objections };
}

/** Whether a file is at more than twice its budget. */
function farTooLong({ files, touched }: Candidate): boolean {
  return [...touched.keys()].some((file) =>
    excessesOf(file, files.get(file) ?? "").some(({ size, limit }) => size > 2 * limit),
  );
}

const REASONS: Partial<Record<Finding["rule"], WithheldReason>> = {
  "broken-link": "broken-link",
  "climbing-link": "broken-link",
  orphan: "orphan-reference",
  "hidden-unicode": "hidden-unicode",
};

class Judge {
  readonly #parent: FrozenParent;
  /** Outlines by text, since most of a skill is the same from one try to the next. */
  readonly #outlines = new Map<string, Outline>();
  readonly #parentErrors: readonly Finding[];

  constructor(parent: FrozenParent) {
    this.#parent = parent;
    this.#parentErrors = this.#errors(parent.skill.files);
  }

  #outline = (text: string): Outline => keptIn(this.#outlines, text, () => outlineOf(text, true));

  /** Lint errors but those of size, which `excess` judges against the parent's. */
  #errors(files: ReadonlyMap<string, string>): readonly Finding[] {
    return lintFiles(files, {}, this.#outline).filter(
      ({ severity, rule }) => severity === "error" && rule !== "size-budget",
    );
  }

  /** Objections to faults the parent has not; none when there is no such fault. */
  faults(candidate: Candidate, kept: readonly Placement[]): readonly Objection[] {
    const found = this.#newErrors(candidate);
    const raised = new Map<Placement, Objection>();
    for (const finding of found)
      for (const placement of this.#culprits(finding, candidate, kept)) {
        if (raised.has(placement)) continue;
        const reason = REASONS[finding.rule] ?? "format";
        const detail = `${finding.file}: ${finding.message}. ${finding.fix}`;
        raised.set(placement, { placement, reason, detail });
      }
    if (raised.size > 0) return [...raised.values()];
    const lost = found[0]?.message ?? this.#lostHeading(candidate, kept);
    if (lost === undefined) return [];
    const alone = kept.filter((placement) => {
      const single = candidateOf(this.#parent, [placement]);
      const wrong = this.#newErrors(single).some(({ rule }) => REASONS[rule] === undefined);
      return wrong || this.#lostHeading(single, [placement]) !== undefined;
    });
    const last = weakestFirst(kept)[0];
    const blamed = alone.length > 0 ? alone : last === undefined ? [] : [last];
    return blamed.map((placement) => ({ placement, reason: "format", detail: `${lost}.` }));
  }

  #newErrors(candidate: Candidate): readonly Finding[] {
    const before = new Map<string, number>();
    for (const finding of this.#parentErrors)
      before.set(identity(finding), (before.get(identity(finding)) ?? 0) + 1);
    // Of several equal findings, those on the parent's own lines are the parent's.
    const errors = [...this.#errors(candidate.files)].sort(
      (a, b) => written(candidate, a) - written(candidate, b),
    );
    return errors.filter((finding) => {
      const left = before.get(identity(finding)) ?? 0;
      before.set(identity(finding), left - 1);
      return left <= 0;
    });
  }

  #culprits(
    finding: Finding,
    candidate: Candidate,
    kept: readonly Placement[],
  ): readonly Placement[] {
    if (finding.rule === "orphan") {
      const made = kept.filter(({ kind, file }) => kind === "create" && file === finding.file);
      return made.length > 0 ? made : this.#unlinkers(finding.file, kept);
    }
    if (finding.rule === "broken-link") {
      const deleted = kept.filter(
        ({ kind, file }) => kind === "delete-file" && this.#leadsTo(finding, file),
      );
      if (deleted.length > 0) return deleted;
    }
    const ids = new Set(editsAt(candidate, finding.file, finding.line ?? 0));
    return kept.filter(({ edit }) => ids.has(edit.id));
  }

  /** Whether a link that is broken now led to `file` while the parent still had it. */
  #leadsTo(finding: Finding, file: string): boolean {
    return this.#linksTo(file).some(({ written }) => finding.message.startsWith(`"${written}" `));
  }

  /** The parent's links to a file. */
  #linksTo(file: string): readonly Link[] {
    const parse = (text: string) => this.#outline(text).tree;
    const { links } = linkGraphOf(this.#parent.skill.files, parse);
    return links.filter(({ target }) => target === file);
  }

  /** Edits that took away the parent's links to a file. */
  #unlinkers(file: string, kept: readonly Placement[]): readonly Placement[] {
    const links = this.#linksTo(file);
    return kept.filter((placement) =>
      links.some(
        (link) =>
          link.file === placement.file &&
          (placement.kind === "delete-file" || this.#changes(placement, link.line - 1, link.line)),
      ),
    );
  }

  /** Whether a placement replaces or removes something of these lines of the parent. */
  #changes(placement: Placement, from: number, to: number): boolean {
    if (placement.kind === "lines") return placement.from < to && from < placement.to;
    if (placement.kind !== "text") return false;
    const outline = this.#parent.outline(placement.file);
    return lineAt(outline, placement.start) < to && from <= lineAt(outline, placement.end - 1);
  }

  /** Says which heading of the parent is one no more though no edit replaced it. */
  #lostHeading(candidate: Candidate, kept: readonly Placement[]): string | undefined {
    for (const [file] of candidate.touched) {
      if (!isMarkdown(file) || !this.#parent.skill.files.has(file)) continue;
      const outline = this.#parent.outline(file);
      const changes = kept.filter((placement) => placement.file === file);
      const expected = outline.sections.filter(
        ({ headingFrom, headingTo }) =>
          !changes.some((change) => this.#changes(change, headingFrom, headingTo)),
      );
      const now = this.#outline(candidate.files.get(file) ?? "").sections;
      let at = 0;
      for (const { level, title } of expected) {
        while (at < now.length && !(now[at]?.level === level && now[at]?.title === title)) at++;
        if (at === now.length) return `${file}: the heading "${title}" would be lost`;
        at++;
      }
    }
    return undefined;
  }

  /** The edits to withhold next so that a file comes closer to its size budget; never more than needed. */
  excess(candidate: Candidate, kept: readonly Placement[]): readonly Objection[] {
    for (const [file] of candidate.touched) {
      const text = candidate.files.get(file) ?? "";
      const before = this.#parent.skill.files.get(file) ?? "";
      for (const { unit, size, limit } of excessesOf(file, text)) {
        const was = unit === "lines" ? lineCount(before) : estimateTokens(before);
        const allowed = Math.max(limit, was);
        const here = kept.filter((placement) => placement.file === file);
        const growing = here.filter((placement) => growth(placement) > 0);
        let over = size - allowed;
        const detail = `${file} would have ${size} ${unit}; at most ${allowed} are allowed.`;
        const raised: Objection[] = [];
        for (const placement of weakestFirst(growing.length > 0 ? growing : here)) {
          if (over <= 0) break;
          over -= share(placement, unit);
          raised.push({ placement, reason: "size-budget", detail });
        }
        if (raised.length > 0) return raised;
      }
    }
    return [];
  }
}

function identity({ rule, file, message }: Finding): string {
  return `${rule}\0${file}\0${message}`;
}

function written(candidate: Candidate, { file, line }: Finding): number {
  return editsAt(candidate, file, line ?? 0).length > 0 ? 1 : 0;
}

/** Characters that an edit adds, less those it takes away. */
function growth(placement: Placement): number {
  if (placement.kind === "delete-file") return 0;
  if (placement.kind === "text")
    return placement.content.length - (placement.end - placement.start);
  return placement.content.length;
}

/** The most that a file can shrink by without this edit: its text, and the blank lines around it. */
function share(placement: Placement, unit: "lines" | "tokens"): number {
  if (placement.kind === "delete-file") return 0;
  const { content } = placement;
  const lines = typeof content === "string" ? content.split("\n") : content;
  const heading = placement.kind === "insert" ? (placement.heading ?? "") : "";
  if (unit === "lines") return lines.length + (heading === "" ? 2 : 4);
  return estimateTokens(`\n\n${heading}\n\n${lines.join("\n")}\n\n`) + lines.length;
}

/** The edits with the fewest tasks behind them first, and of those the last. */
function weakestFirst(placements: readonly Placement[]): readonly Placement[] {
  return [...placements].reverse().sort((a, b) => a.edit.tasks.length - b.edit.tasks.length);
}

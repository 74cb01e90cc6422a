import { createHash } from "node:crypto";

/** The splits: the paper's and ours, each in two parts that share no question, and everything. */
export const splits = [
  "document-evolve",
  "document-test",
  "paper-evolve",
  "paper-test",
  "all",
] as const;
export type Split = (typeof splits)[number];

/** DocVQA's validation set, and how many of its questions the paper evolves on: the first ones. */
const PAPER = { questions: 5_349, evolve: 2_700 };

/** What a split is made from. */
interface Grouped {
  readonly id: string;
  readonly group: string;
}

/**
 * The tasks of a split, in the order of the file.
 *
 * - `paper-evolve`, `paper-test`: the first 2,700 and the rest. In a set that has no more than 2,700, the same
 *   share of it (50.5%). Both parts may ask about one document.
 * - `document-evolve`, `document-test`: half of the questions each, no document in both. The documents are
 *   taken in the order of digests of their ids, so their order in the file means nothing.
 */
export function splitOf<Task extends Grouped>(
  tasks: readonly Task[],
  split: Split,
): readonly Task[] {
  if (split === "all") return tasks;
  const first = split.startsWith("paper")
    ? new Set(tasks.slice(0, paperCut(tasks.length)))
    : halfByGroup(tasks);
  const wanted = split.endsWith("-evolve");
  return tasks.filter((task) => first.has(task) === wanted);
}

function paperCut(count: number): number {
  return count > PAPER.evolve ? PAPER.evolve : Math.round((count * PAPER.evolve) / PAPER.questions);
}

function halfByGroup<Task extends Grouped>(tasks: readonly Task[]): ReadonlySet<Task> {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    const members = groups.get(task.group);
    if (members === undefined) groups.set(task.group, [task]);
    else members.push(task);
  }
  const half = new Set<Task>();
  for (const group of [...groups.keys()].sort(byDigest)) {
    if (half.size * 2 >= tasks.length) break;
    for (const task of groups.get(group) ?? []) half.add(task);
  }
  return half;
}

function byDigest(a: string, b: string): number {
  return orderOf(a) < orderOf(b) ? -1 : 1;
}

function orderOf(group: string): string {
  return createHash("sha256").update(`visionqa/${group}`).digest("hex");
}

/**
 * One name for all documents that share a picture.
 *
 * @param pages the document and the picture of every question.
 * @returns the name of every document: that of the first one it is connected with.
 */
export function groupNames(
  pages: Iterable<{ readonly document: string; readonly picture: string }>,
): (document: string) => string {
  const parent = new Map<string, string>();
  const rootOf = (document: string): string => {
    let root = document;
    for (let next = parent.get(root); next !== undefined; next = parent.get(root)) root = next;
    return root;
  };
  const documentOf = new Map<string, string>();
  for (const { document, picture } of pages) {
    const earlier = rootOf(documentOf.get(picture) ?? document);
    const own = rootOf(document);
    documentOf.set(picture, earlier);
    if (own !== earlier) parent.set(own, earlier);
  }
  return rootOf;
}

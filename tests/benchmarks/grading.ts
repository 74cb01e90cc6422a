import { Bench } from "tinybench";
import { grade } from "../../domains/wtq/grading/grade.ts";
import type { Task } from "../../harness/contracts/index.ts";
import { report } from "./measured.ts";

/** Pairs of a reference and an answer that the grader of WikiTableQuestions decides in a second. */
const cases: readonly (readonly [target: string[], canon: string[] | null, items: string[]])[] = [
  [["3"], ["3.0"], ["3"]],
  [["Italy"], null, ["italy"]],
  [["June 5, 2001"], ["2001-06-05"], ["2001-06-05"]],
  [["Kraków", "Łódź"], null, ["Lodz", "Krakow"]],
  [["1,234.5"], ["1234.5"], ["1234.50"]],
  [["2 years"], ["2.0"], ["two years"]],
  [["\u201cHeart\u201d (remix)"], null, ["Heart"]],
  [["4"], ["4.0"], ["5"]],
];
const pairs = cases.map(([target, canon, items], n) => {
  const task: Task = { id: `nu-${n}`, group: "", input: {}, reference: { target, canon } };
  return { task, evidence: { items } };
});
const bench = new Bench({ time: 1000 });
bench.add("pairs", () => {
  for (const { task, evidence } of pairs) grade(task, evidence);
});
const [task] = await bench.run();
if (task?.result.state !== "completed") throw new Error("the grader failed");
const rate = (task.result.throughput.mean * pairs.length) | 0;
report({
  what: "WikiTableQuestions pairs graded on one core",
  target: ">= 200,000 /s",
  measured: `${rate.toLocaleString("en")} /s`,
  ok: rate >= 200_000,
});

import type { Dataset, Domain, Task } from "../../harness/contracts/index.ts";

/** Adding two numbers: the smallest domain that has every part of one. */
export function toyDomain(tasks: readonly Task[] = toyTasks(30)): Domain {
  const info = { name: "toy", real: false, digest: "d", path: "nowhere" };
  const dataset: Dataset = {
    info,
    load: async (split) => (split === "few" ? tasks.slice(0, 3) : tasks),
  };
  return {
    name: "toy",
    grader: "toy/1",
    metric: "accuracy",
    about: "Sums of two numbers.",
    needs: () => [],
    fix: "command",
    options: { render: ["plain", "words"] },
    splits: ["all", "few"],
    skills: { "human-written": "nowhere", placebo: "nowhere" },
    open: async () => dataset,
    instructions: () => "Add the numbers in terms.txt.",
    prompt: (task) => `Question: ${task.id}`,
    files: async (task) => new Map([["terms.txt", String(task.input["terms"])]]),
    collect: async (_, submission) => ({ answer: String(submission) }),
    grade(task, evidence) {
      const passed = String(evidence["answer"]) === String(task.reference["total"]);
      return { kind: "graded", score: passed ? 1 : 0, passed, because: passed ? "equal" : "other" };
    },
    dataSets: {},
    openCaseGrader: async () => ({
      grade: () => ({ id: 1, passed: true, score: 1, because: "a toy" }),
    }),
    caseHelp: "{id}",
    sample: { directory: "nowhere", build: async () => new Map() },
    reveal: (task) => ({
      text: String(task.reference["total"]),
      items: [String(task.reference["total"])],
    }),
  };
}

/** `count` tasks, three to a group. */
export function toyTasks(count: number): Task[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `t${i}`,
    group: `g${Math.floor(i / 3)}`,
    input: { terms: `${i} + ${i}` },
    reference: { total: 2 * i },
  }));
}

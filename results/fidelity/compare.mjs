// The harness' scores beside a plain script's and the published ones, and every problem on which the two differ.
//   node results/fidelity/compare.mjs STORE PLAIN_DIR > results/fidelity/comparison.md
// PLAIN_DIR has the output of plain.mjs as plain-MODEL-SET.jsonl, such as plain-0.5b-gsm8k.jsonl.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const [store, plainDir] = process.argv.slice(2);
const jsonLines = (file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const here = (name) => new URL(name, import.meta.url);
const published = JSON.parse(readFileSync(here("published.json"), "utf8"));

/** Graded direct episodes without a skill, by model and task. */
const harness = new Map();
const journals = path.join(store, "rollout");
for (const name of readdirSync(journals).filter((file) => file.endsWith(".jsonl")))
  for (const { about, grade, result } of jsonLines(path.join(journals, name)))
    if (about.interaction === "direct" && about.skill === null && grade?.kind === "graded")
      harness.set(`${about.model} ${about.task}`, { grade, result });

/** Why the two differ, as far as their answers tell. */
function causeOf({ ours, plain }) {
  const read = ours.result.evidence?.answer;
  if (read === undefined)
    return plain.answer === undefined
      ? "neither found an answer"
      : `the harness found none (${ours.result.outcome})`;
  if (plain.answer === undefined) return "the plain script found no box";
  const strip = (text) => text.replace(/\s+/g, "");
  return strip(read) === strip(plain.answer)
    ? `one answer, judged differently (${ours.grade.because})`
    : "the replies differ";
}

/** Mean of paired differences with its 95% interval, in points: that of a mean of -1, 0 and 1 over n pairs. */
function differenceOf(pairs) {
  const n = pairs.length;
  const values = pairs.map(({ ours, plain }) => ours.grade.score - Number(plain.right));
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1);
  const margin = 1.96 * Math.sqrt(variance / n);
  return [mean, mean - margin, mean + margin].map((share) => (100 * share).toFixed(1));
}

const percent = (pairs, score) =>
  ((100 * pairs.reduce((sum, pair) => sum + score(pair), 0)) / pairs.length).toFixed(1);
const table = [
  "| model | problems | n | harness | plain script | difference [95%] | published, nearest |",
  "| --- | --- | ---: | ---: | ---: | --- | --- |",
];
const differing = [];
for (const name of readdirSync(plainDir).sort()) {
  const [, model, set] = /^plain-([\w.]+)-(gsm8k|math-500)\.jsonl$/.exec(name) ?? [];
  if (model === undefined) continue;
  const pairs = jsonLines(path.join(plainDir, name)).flatMap((plain) => {
    const ours = harness.get(`${model} ${plain.id}`);
    return ours === undefined ? [] : [{ plain, ours }];
  });
  if (pairs.length === 0) continue;
  const [mean, low, high] = differenceOf(pairs);
  const near = published.scores.find((score) => score.model === model && score.set === set);
  table.push(
    `| ${model} | ${set} | ${pairs.length} | ${percent(pairs, ({ ours }) => ours.grade.score)} | ${percent(pairs, ({ plain }) => Number(plain.right))} | ${mean} [${low}, ${high}] | ${near ? `${near.percent} (${near.of}, ${near.prompt})` : "none"} |`,
  );
  for (const pair of pairs) {
    const { ours, plain } = pair;
    if (ours.grade.passed === plain.right) continue;
    const shown = (answer) => (answer === undefined ? "none" : `\`${answer}\``);
    differing.push(
      `| ${model} | ${plain.id} | ${shown(plain.gold)} | ${shown(ours.result.evidence?.answer)}, ${ours.grade.passed ? "right" : "wrong"} | ${shown(plain.answer)}, ${plain.right ? "right" : "wrong"} | ${causeOf(pair)} |`,
    );
  }
}
console.log(
  [
    ...table,
    "",
    `${published.source}. ${published.note}`,
    "",
    "## Every disagreement",
    "",
    differing.length === 0
      ? "None."
      : "| model | problem | reference | harness | plain script | cause |\n| --- | --- | --- | --- | --- | --- |",
    ...differing,
  ].join("\n"),
);

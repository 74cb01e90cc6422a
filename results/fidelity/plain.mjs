// A plain evaluation, of nothing but Node: asks every problem once, greedily, takes the last box of the
// reply, and compares it as a text or a number. It shares no line with the harness; the prompt is the same.
//   node results/fidelity/plain.mjs URL MODEL PROBLEMS.jsonl COUNT > OUT.jsonl
import { readFileSync } from "node:fs";

const [url, model, file, count] = process.argv.slice(2);
const system = "# Role: agent\n\nYou solve a mathematics problem by reasoning.";
const messageOf = (problem) =>
  `Problem: ${problem.trim()}\n\nReason step by step, and put the final answer within \\boxed{}.`;

async function ask(problem) {
  const response = await fetch(`${url}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      model,
      messages: [
        { role: "system", content: system },
        { role: "user", content: messageOf(problem) },
      ],
      temperature: 0,
      max_tokens: 1024,
      seed: 41,
    }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const { choices } = await response.json();
  return choices[0].message.content ?? "";
}

/** What stands in the last box; braces within it up to two levels. */
function boxed(text) {
  const all = [...text.matchAll(/\\boxed\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}/g)];
  return all.at(-1)?.[1];
}

function normal(answer) {
  return answer
    .replace(/\\(?:left|right|,|!|;|\s)/g, "")
    .replace(/\\[dt]frac/g, "\\frac")
    .replace(/\\(?:text|mathrm|mbox)\{([^{}]*)\}/g, "$1")
    .replace(/\^\{?\\circ\}?|\\?%|\\?\$/g, "")
    .replace(/(\d),(?=\d{3}(?!\d))/g, "$1")
    .replace(/\s+/g, "")
    .replace(/\.$/, "");
}

function isRight(answer, gold) {
  if (answer === undefined) return false;
  const [a, b] = [normal(answer), normal(gold)];
  return a === b || (a !== "" && b !== "" && Number(a) === Number(b));
}

const problems = readFileSync(file, "utf8").split("\n").filter(Boolean).slice(0, Number(count));
for (const line of problems) {
  const { id, problem, answer: gold } = JSON.parse(line);
  const text = await ask(problem);
  const answer = boxed(text);
  console.log(JSON.stringify({ id, gold, answer, right: isRight(answer, gold), text }));
}

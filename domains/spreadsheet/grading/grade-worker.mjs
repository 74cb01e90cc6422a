/**
 * A thread that compares workbooks, one at a time.
 *
 * Plain JavaScript that registers the TypeScript loader itself, because worker threads do not inherit
 * one. It holds nothing between two comparisons.
 */

import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";

/** @typedef {import("./pool.ts").GradeJob} GradeJob */
/** @typedef {import("./pool.ts").GradeResult} GradeResult */

const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);
register();
const { compareWorkbooks } = await import("./compare/compare-workbooks.ts");

/**
 * @param {GradeJob} job
 * @returns {GradeResult}
 */
function run({ request, grader }) {
  try {
    return { kind: "done", comparison: compareWorkbooks(request, grader) };
  } catch (error) {
    return { kind: "broken", error: error instanceof Error ? (error.stack ?? "") : String(error) };
  }
}

port.on("message", (/** @type {GradeJob} */ job) => port.postMessage(run(job)));

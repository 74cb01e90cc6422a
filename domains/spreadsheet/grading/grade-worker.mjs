/**
 * A thread of the pool: compares workbooks, one at a time, and holds nothing between two comparisons.
 *
 * Plain JavaScript that registers the TypeScript loader itself, because worker threads do not inherit
 * one.
 */
import { register } from "tsx/esm/api";

register();
const { compareWorkbooks } = await import("./compare/compare-workbooks.ts");

/** @param {{ request: import("./compare/comparison.ts").ComparisonRequest, grader: import("./compare/compare-workbooks.ts").GraderName }} job */
export const grade = ({ request, grader }) => compareWorkbooks(request, grader);

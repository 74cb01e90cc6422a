import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fetchMath, type MathFile, mathFiles } from "../../../domains/math/data-set.ts";
import { math } from "../../../domains/math/domain.ts";
import type { Download } from "../../../harness/contracts/index.ts";
import { download } from "../../../scripts/lib/data/download.ts";
import { type FileServer, serveFiles } from "../../support/wtq/file-server.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const fileOf = (path: string): MathFile => {
  const file = mathFiles.find((one) => one.path === path);
  if (file === undefined) throw new Error(`no ${path}`);
  return file;
};
const wrapped = (problem: string) =>
  `Solve the following math problem step by step. The last line of your response should be of the form Answer: $Answer (without quotes) where $Answer is the answer to the problem.\n\n${problem}\n\nRemember to put your answer on its own line after "Answer:".`;
const rows: Readonly<Record<string, object>> = {
  "dapo-test-100.jsonl": {
    id: "dapo_a1",
    source: "S",
    question: wrapped("Add $1$ and $1$."),
    answer: "2",
    ability: "MATH",
  },
  "aime-2026.jsonl": { id: "aime_2026_001", source: "M", question: "Find $m+n$.", answer: "7" },
  "aime-2025.jsonl": { problem: "How many degrees?", answer: "36^\\circ" },
  "gsm8k-test.jsonl": { question: "Ann’s 1,000 eggs?", answer: "1,000 * 2 = 2,000\n#### 2,000" },
  "math-500.jsonl": {
    ...{ problem: "Is it?", solution: "Yes.", answer: "\\frac12", subject: "Algebra", level: 2 },
    unique_id: "test/algebra/12.json",
  },
};
const made: Readonly<Record<string, string>> = {
  "dapo-test-100.jsonl":
    '{"id": "dapo-a1", "problem": "Add $1$ and $1$.", "answer": "2", "source": "S"}\n',
  "aime-2026.jsonl":
    '{"id": "aime-2026-001", "problem": "Find $m+n$.", "answer": "7", "source": "M"}\n',
  "aime-2025.jsonl":
    '{"id": "aime-2025-01", "problem": "How many degrees?", "answer": "36", "source": "AIME 2025"}\n',
  "gsm8k-test.jsonl":
    '{"id": "gsm8k-test-0000", "problem": "Ann’s 1,000 eggs?", "answer": "2000", "source": "openai/grade-school-math test"}\n',
  "math-500.jsonl":
    '{"id": "math500-algebra-12", "problem": "Is it?", "answer": "\\\\frac12", "source": "MATH test (PRM800K split): test/algebra/12.json", "subject": "Algebra", "level": 2}\n',
};

const impatient = (file: Download) =>
  download(file, { retries: 0, firstWaitMs: 1, silenceMs: 5000 });
let into = "";
let server: FileServer;
const names = Object.keys(rows);
const files = names.map((path) => ({ ...fileOf(path), sha256: sha256(made[path] ?? "") }));

beforeEach(async () => {
  into = mkdtempSync(join(tmpdir(), "math-"));
  server = await serveFiles(
    Object.fromEntries(names.map((path) => [fileOf(path).from, `${JSON.stringify(rows[path])}\n`])),
  );
});
afterEach(async () => {
  await server.close();
  rmSync(into, { recursive: true, force: true });
});
const fetchAll = (of: readonly MathFile[] = files) =>
  fetchMath({ from: server.address, into, download: impatient }, of);

test("every upstream layout becomes the domain's, byte for byte, and loads", async () => {
  expect(await fetchAll()).toEqual({ downloaded: 5, kept: 0, unchecked: [] });
  for (const path of names) expect(readFileSync(join(into, path), "utf8")).toBe(made[path]);
  const { load, info } = await math.open(into);
  expect(info.real).toBe(true);
  expect((await load("gsm8k", {}))[0]?.reference).toEqual({ answer: "2000" });
});

test("a second run asks for nothing", async () => {
  await fetchAll();
  const before = server.requests.length;
  expect(await fetchAll()).toMatchObject({ downloaded: 0, kept: 5 });
  expect(server.requests.length).toBe(before);
});

test("a file whose problems are not the known ones is refused, and not left behind", async () => {
  const file = { ...fileOf("aime-2026.jsonl"), sha256: sha256("other") };
  await expect(fetchAll([file])).rejects.toThrow(/aime_2026\.jsonl: .*wrong digest.*--from URL/);
  expect(existsSync(join(into, "aime-2026.jsonl"))).toBe(false);
});

test("a broken line is named", async () => {
  await server.close();
  server = await serveFiles({
    [fileOf("aime-2026.jsonl").from]: `${JSON.stringify(rows["aime-2026.jsonl"])}\n{"id": "b"`,
  });
  const { sha256: _, ...file } = fileOf("aime-2026.jsonl");
  await expect(fetchAll([file])).rejects.toThrow(/aime_2026\.jsonl:2: this is no problem/);
});

import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../../harness/canonical.ts";
import type { Row } from "../../../harness/contracts/index.ts";
import { openStore } from "../../../harness/store/store.ts";

const spent = { calls: 1, inputTokens: 10, outputTokens: 2, unmetered: 0, retries: [] };
const row = (name: string, over: Partial<Row> = {}): Omit<Row, "transcript"> => ({
  key: sha256(name),
  stage: "rollout",
  at: "2000-01-01T00:00:00.000Z",
  about: { task: name },
  result: { outcome: "submitted" },
  grade: { kind: "graded", score: 1, passed: true, because: "equal" },
  spent,
  elapsedMs: 5,
  ...over,
});
const freshDir = () => mkdtempSync(path.join(tmpdir(), "store-"));

describe("a store", () => {
  test("gives back what was appended, to itself and to the next process", async () => {
    const dir = freshDir();
    const store = openStore(dir, "a");
    expect(store.get("rollout", sha256("x"))).toBeUndefined();
    await store.append(row("x"));
    expect(store.get("rollout", sha256("x"))).toEqual(row("x"));
    await store.close();
    expect(openStore(dir, "b").get("rollout", sha256("x"))).toEqual(row("x"));
  });

  test("keeps a transcript and checks it when it is read", async () => {
    const dir = freshDir();
    const store = openStore(dir, "a");
    const transcript = { messages: [{ role: "user", text: "café ".repeat(500) }] };
    await store.append(row("w"), "before");
    const { transcript: ref } = await store.append(row("x"), transcript);
    expect(ref).toBeDefined();
    if (ref === undefined) return;
    expect(await store.transcript(ref)).toEqual(transcript);
    await store.close();
    const pack = path.join(dir, ref.pack);
    const bytes = readFileSync(pack);
    bytes[ref.offset + 4] = (bytes[ref.offset + 4] ?? 0) ^ 0xff;
    writeFileSync(pack, bytes);
    await expect(openStore(dir, "b").transcript(ref)).rejects.toThrow();
  });

  test("loses nothing when two processes write at once", async () => {
    const dir = freshDir();
    const [a, b] = [openStore(dir, "a"), openStore(dir, "b")];
    const names = Array.from({ length: 200 }, (_, i) => `t${i}`);
    await Promise.all(names.map((name, i) => (i % 2 === 0 ? a : b).append(row(name), { name })));
    await Promise.all([a.close(), b.close()]);
    const later = openStore(dir, "c");
    expect(names.filter((name) => later.get("rollout", sha256(name)) === undefined)).toEqual([]);
  });

  test("of two finished rows the one of the writer that started first counts", async () => {
    const dir = freshDir();
    for (const [writer, score] of [
      ["2", 0],
      ["1", 1],
    ] as const) {
      const store = openStore(dir, writer);
      const grade = { kind: "graded", score, passed: score === 1, because: "" } as const;
      await store.append(row("x", { grade }));
      await store.close();
    }
    expect(openStore(dir, "3").get("rollout", sha256("x"))?.grade).toMatchObject({ score: 1 });
  });

  test("an ungraded row gives way to a finished one, whenever it was written", async () => {
    const dir = freshDir();
    const store = openStore(dir, "1");
    await store.append(row("x", { grade: { kind: "ungraded", because: "model: 503" } }));
    expect(store.get("rollout", sha256("x"))?.grade?.kind).toBe("ungraded");
    await store.append(row("x"));
    expect(store.get("rollout", sha256("x"))?.grade?.kind).toBe("graded");
    await store.close();
    expect(openStore(dir, "2").get("rollout", sha256("x"))?.grade?.kind).toBe("graded");
  });

  test("a journal cut anywhere keeps every whole row before the cut", async () => {
    const dir = freshDir();
    const store = openStore(dir, "a");
    for (const name of ["x", "y", "z"]) await store.append(row(name));
    await store.close();
    const file = path.join(dir, "rollout", "a.jsonl");
    const whole = readFileSync(file);
    fc.assert(
      fc.property(fc.nat(whole.length), (cut) => {
        writeFileSync(file, whole.subarray(0, cut));
        const found = openStore(dir, "b");
        const kept = ["x", "y", "z"].filter((name) => found.get("rollout", sha256(name)));
        const newlines = whole.subarray(0, cut).filter((byte) => byte === 10).length;
        expect(kept).toEqual(["x", "y", "z"].slice(0, newlines));
      }),
      { numRuns: 60 },
    );
  });

  test("counts damaged lines and reads past them", async () => {
    const dir = freshDir();
    const store = openStore(dir, "a");
    await store.append(row("x"));
    await store.close();
    appendFileSync(path.join(dir, "rollout", "a.jsonl"), "garbage\n");
    const other = openStore(dir, "b");
    await other.append(row("y"));
    await other.close();
    const later = openStore(dir, "c");
    expect(later.get("rollout", sha256("x"))).toBeDefined();
    expect(later.get("rollout", sha256("y"))).toBeDefined();
    expect(later.damaged()).toBe(1);
  });
});

test("a store that is a file is said to be none", () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "store-")), "file");
  writeFileSync(file, "");
  expect(() => openStore(file, "w").get("rollout", "k")).toThrow(/cannot be read.*--store/);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { bounded } from "../../../harness/sandboxes/bounded-output.mjs";
import { type Entry, FileTree, placeOf } from "../../../harness/sandboxes/file-tree.ts";
import { archiveOf, entriesOf } from "../../../harness/sandboxes/tree-archive.ts";

test("a path either lies in the working directory or is refused", () => {
  const part = fc.constantFrom("a", "b c", "..", ".", "", "é");
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const path = parts.join("/");
      let place: string;
      try {
        place = placeOf(path);
      } catch {
        return;
      }
      expect(place === "/work" || place.startsWith("/work/")).toBe(true);
      expect(place.split("/")).not.toContain("..");
    }),
  );
});

test("bytes are the tree's own, on the way in and on the way out", () => {
  const mine = Uint8Array.from([1, 2, 3]);
  const tree = new FileTree(new Map([["a", mine]]));
  mine[0] = 9;
  const read = tree.read("a");
  expect(read).toEqual(Uint8Array.from([1, 2, 3]));
  read?.fill(0);
  expect(tree.read("a")).toEqual(Uint8Array.from([1, 2, 3]));
});

const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({
    kind: fc.constant("file" as const),
    data: fc.uint8Array({ maxLength: 2000 }),
    mode: fc.constantFrom(0o644, 0o755),
  }),
  fc.record({ kind: fc.constant("directory" as const), mode: fc.constantFrom(0o755, 0o700) }),
  fc.record({ kind: fc.constant("link" as const), target: fc.constantFrom("a", "../x", "/etc") }),
);
const name = fc
  .array(fc.constantFrom("a", "B", "é", " ", "long".repeat(20)), { minLength: 1, maxLength: 4 })
  .map((parts) => `/work/${parts.join("-")}`);

test("an archive gives back what was packed", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(name, entry), { selector: ([at]) => at }),
      async (list) => {
        const unpacked = await entriesOf(await archiveOf(new Map(list)), ["/work", "/tmp"]);
        const plain = [...unpacked].map(([at, item]) => [
          at,
          item.kind === "file" ? { ...item, data: [...item.data] } : item,
        ]);
        const expected = list
          .map(([at, item]) => [
            at,
            item.kind === "file" ? { ...item, data: [...item.data] } : item,
          ])
          .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
        expect(plain).toEqual(expected);
      },
    ),
    { numRuns: 50 },
  );
});

test("an archive that ends early is not taken for an empty directory", async () => {
  const whole = await archiveOf(new Map([["/work/a", { kind: "directory", mode: 0o755 }]]));
  await expect(entriesOf(whole.subarray(0, 600), ["/work"])).rejects.toThrow("cut");
  await expect(entriesOf(new Uint8Array(), ["/work"])).rejects.toThrow("cut");
});

test("paths of an archive that lie elsewhere are left out", async () => {
  const file = { kind: "file", data: new Uint8Array(), mode: 0o644 } as const;
  const archive = await archiveOf(
    new Map([
      ["/etc/passwd", file],
      ["/work/../etc/x", file],
      ["/workshop/x", file],
      ["/work/ok", file],
    ]),
  );
  expect([...(await entriesOf(archive, ["/work"])).keys()]).toEqual(["/work/ok"]);
});

test("output is cut to its limit, with the notice, between characters", () => {
  expect(bounded("short", 100)).toBe("short");
  const cut = bounded("😀".repeat(200), 101);
  expect(cut.length).toBeLessThanOrEqual(101);
  expect(cut).toContain("[output cut: 400 characters");
  expect(cut).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
});

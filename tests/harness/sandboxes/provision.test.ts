import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { sha256 } from "../../../harness/canonical.ts";
import type { Need } from "../../../harness/contracts/index.ts";
import { provisionFor } from "../../../harness/sandboxes/provision.ts";

const dataDir = mkdtempSync(join(tmpdir(), "wheels-"));
mkdirSync(join(dataDir, "python"));
writeFileSync(join(dataDir, "python/a.whl"), "a");
afterAll(() => rmSync(dataDir, { recursive: true }));

const wheel = (name: string, content: string) => ({
  path: `python/${name}`,
  sha256: sha256(content),
});
const need = (...files: readonly { path: string; sha256: string }[]): Need => ({
  capability: "a",
  proof: "true",
  shows: ["/etc/a"],
  wheels: { files, fetch: "npm run data -- fetch a" },
});

test("brings wheels that were fetched, and names directories to show once", async () => {
  const brought = await provisionFor([need(wheel("a.whl", "a")), need()], dataDir);
  expect(brought.shows).toEqual(["/etc/a"]);
  expect([...brought.wheels.keys()]).toEqual(["a.whl"]);
});

test("brings none of a need whose wheels are not all there", async () => {
  const some = need(wheel("a.whl", "a"), wheel("b.whl", "b"));
  expect((await provisionFor([some], dataDir)).wheels.size).toBe(0);
  expect((await provisionFor([some], undefined)).wheels.size).toBe(0);
});

test("refuses one that is not what was published", async () => {
  await expect(provisionFor([need(wheel("a.whl", "b"))], dataDir)).rejects.toThrow(
    /a\.whl: its digest is not that of the published file\. Fetch it again: npm run data -- fetch a\./,
  );
});

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openpyxlPackages, openpyxlWheels } from "../../../domains/spreadsheet/python-packages.ts";
import type { Download } from "../../../harness/contracts/index.ts";

const dataDir = mkdtempSync(join(tmpdir(), "packages-"));
const into = join(dataDir, openpyxlPackages.folder);
afterAll(() => rmSync(dataDir, { recursive: true }));

test("openpyxl is fetched to where a sandbox looks for it, each file with its digest", async () => {
  const asked: Download[] = [];
  const report = await openpyxlPackages.fetch?.({
    from: "https://mirror.test/packages/",
    into,
    async download(file) {
      asked.push(file);
      mkdirSync(dirname(file.path), { recursive: true });
      writeFileSync(file.path, "not what was published");
    },
  });
  expect(report).toEqual({ downloaded: 2, kept: 0, unchecked: [] });
  expect(asked.map(({ path, sha256 }) => ({ path, sha256 }))).toEqual(
    openpyxlWheels.files.map(({ path, sha256 }) => ({ path: join(dataDir, path), sha256 })),
  );
  expect(asked.every(({ url }) => url.startsWith("https://mirror.test/packages/c"))).toBe(true);
  for (const { path } of openpyxlWheels.files) expect(existsSync(join(dataDir, path))).toBe(true);
  expect(await openpyxlPackages.verify(into)).toMatchObject({ ok: false, right: 0, missing: [] });
});

test("where nothing is, nothing is wrong but everything is missing", async () => {
  const nowhere = join(dataDir, "nowhere");
  expect(openpyxlPackages.isThere(nowhere)).toBe(false);
  const report = await openpyxlPackages.verify(nowhere);
  expect(report).toMatchObject({ path: undefined, ok: false, wrong: [] });
});

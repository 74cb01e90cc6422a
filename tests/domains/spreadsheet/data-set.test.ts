import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { archives, fetchArchive, verifySheets } from "../../../domains/spreadsheet/data-set.ts";
import { spreadsheet } from "../../../domains/spreadsheet/domain.ts";
import { InputError } from "../../../harness/errors.ts";
import { download } from "../../../scripts/lib/data/download.ts";
import { datasetRow, oneTask } from "../../support/spreadsheet/dataset.ts";
import { type FileServer, serveFiles } from "../../support/wtq/file-server.ts";

const archive = archives.verified;
const files: Readonly<Record<string, Uint8Array | string>> = {
  "dataset.json": JSON.stringify([datasetRow()]),
  ...oneTask,
};
const manifest = new Map(
  Object.entries(files).map(([path, content]) => [
    path,
    createHash("sha256").update(content).digest("hex"),
  ]),
);

let into = "";
let server: FileServer;
beforeEach(async () => {
  into = mkdtempSync(join(tmpdir(), "fetch-"));
  const tar = pack();
  for (const [path, content] of Object.entries(files))
    tar.entry({ name: `set/${path}` }, Buffer.from(content));
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar as AsyncIterable<Uint8Array>) chunks.push(chunk);
  server = await serveFiles({ [archive]: gzipSync(Buffer.concat(chunks)) as never });
});
afterEach(async () => {
  await server.close();
  rmSync(into, { recursive: true, force: true });
});

const fetchIt = () =>
  fetchArchive(
    {
      ...{ from: server.address, into },
      download: (file) => download(file, { retries: 0, firstWaitMs: 1, silenceMs: 5000 }),
    },
    archive,
  );
const verify = (expected = manifest) => verifySheets(into, "verified", expected);

test("an archive is fetched, read as it is, and verified file by file", async () => {
  expect(await fetchIt()).toEqual({ downloaded: 1, kept: 0, unchecked: [archive] });
  const { load, info } = await spreadsheet.open(into);
  expect(info.real).toBe(true);
  expect(await load("verified", {})).toHaveLength(1);
  expect(await verify()).toEqual({
    name: "spreadsheet",
    path: join(into, archive),
    ok: true,
    right: 3,
    missing: [],
    wrong: [],
    unchecked: [archive],
  });
});

test("a second run asks for nothing", async () => {
  await fetchIt();
  const before = server.requests.length;
  expect(await fetchIt()).toMatchObject({ downloaded: 0, kept: 1 });
  expect(server.requests.length).toBe(before);
});

test("a file that is not the known one is named, and so is one that is missing", async () => {
  await fetchIt();
  const other = new Map([...manifest, ["dataset.json", "0".repeat(64)], ["gone.xlsx", "1"]]);
  expect(await verify(other)).toMatchObject({
    ok: false,
    right: 2,
    missing: ["gone.xlsx"],
    wrong: ["dataset.json"],
  });
});

test("where no digests are known, nothing counts as checked", async () => {
  await fetchIt();
  expect(await verify(new Map())).toMatchObject({ ok: true, right: 0, unchecked: [archive] });
});

test("what is not there does not verify", async () => {
  expect(await verify()).toMatchObject({ path: undefined, ok: false, right: 0 });
});

test("a file that is no archive is refused", async () => {
  writeFileSync(join(into, archive), "<html>");
  await expect(fetchIt()).rejects.toThrow(InputError);
  expect(existsSync(join(into, archive))).toBe(true);
});

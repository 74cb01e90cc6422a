import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readManifest } from "../../domains/shared/manifest.ts";
import { fetchWtq, verifyWtq } from "../../domains/wtq/data-set.ts";
import { openDataset } from "../../domains/wtq/load.ts";
import type { FetchJob, FetchReport } from "../../harness/contracts/index.ts";
import { InputError } from "../../harness/errors.ts";
import { download } from "../../scripts/lib/data/download.ts";
import { type FileServer, serveFiles } from "../support/wtq/file-server.ts";

const header = "id\tutterance\tcontext\ttargetValue";
const tagged = (row: string, canon: string) =>
  `${header}\ttokens\ttargetCanon\ttargetCanonType\n${row}\tt\t${canon}\n`;
const upstream: Readonly<Record<string, string>> = {
  LICENSE: "share alike\n",
  "csv/1-csv/0.csv": '"Name","Size"\n"Ode","3 km"\n',
  "csv/1-csv/1.csv": `"Name"\n${'"line"\n'.repeat(5000)}`,
  "data/training.tsv": `${header}\nnt-0\thow big?\tcsv/1-csv/0.csv\t3 km\n`,
  "data/pristine-seen-tables.tsv": `${header}\nns-0\thow big?\tcsv/1-csv/0.csv\t3 km\n`,
  "data/pristine-unseen-tables.tsv": `${header}\nnu-0\twho?\tcsv/1-csv/1.csv\tline\n`,
  "tagged/data/training.tagged": tagged("nt-0\tq\tc\t3 km", "3.0\tnumber"),
  "tagged/data/pristine-seen-tables.tagged": tagged("ns-0\tq\tc\t3 km", "3.0\tnumber"),
  "tagged/data/pristine-unseen-tables.tagged": tagged("nu-0\tq\tc\tline", "line\tstring"),
};
const canon: Readonly<Record<string, string>> = {
  "canon/pristine-seen-tables.canon.tsv": "id\ttargetCanon\ttargetCanonType\nns-0\t3.0\tnumber\n",
  "canon/pristine-unseen-tables.canon.tsv":
    "id\ttargetCanon\ttargetCanonType\nnu-0\tline\tstring\n",
};
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const manifest: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...upstream, ...canon })
    .filter(([path]) => !path.startsWith("tagged/"))
    .map(([path, text]) => [path, sha256(text)]),
);
const patience = { retries: 3, firstWaitMs: 1, silenceMs: 5000 };
const big = "csv/1-csv/1.csv";

let into = "";
let server: FileServer;

beforeEach(async () => {
  into = mkdtempSync(join(tmpdir(), "fetch-"));
  server = await serveFiles(upstream);
});
afterEach(async () => {
  await server.close();
  rmSync(into, { recursive: true, force: true });
});

function fetchAll(
  changes: {
    readonly retries?: number;
    readonly manifest?: typeof manifest;
    readonly onProgress?: FetchJob["onProgress"];
  } = {},
): Promise<FetchReport> {
  const { retries = patience.retries, onProgress = () => {} } = changes;
  const job = { from: server.address, into, onProgress };
  return fetchWtq(
    { ...job, download: (file) => download(file, { ...patience, retries }) },
    changes.manifest ?? manifest,
  );
}

async function problemOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return error instanceof Error ? error.message : "";
}

const requestsFor = (path: string) => server.requests.filter((it) => it.startsWith(path));

describe("fetching", () => {
  test("leaves a data set that verifies and loads, with canonical answers", async () => {
    expect(await fetchAll()).toEqual({
      downloaded: 9,
      kept: 0,
      unchecked: ["canon/training.canon.tsv"],
    });
    expect(await verifyWtq(into, manifest)).toEqual({
      name: "wtq",
      path: into,
      ok: true,
      right: 7,
      missing: [],
      wrong: [],
      unchecked: ["canon/training.canon.tsv"],
    });
    const { load } = await openDataset(into, "nowhere");
    const [task] = await load("training", {});
    expect(task?.reference).toEqual({ target: ["3 km"], canon: ["3.0"] });
    expect(existsSync(join(into, "tagged"))).toBe(false);
  });

  test("a second run asks for nothing", async () => {
    await fetchAll();
    const before = server.requests.length;
    expect(await fetchAll()).toMatchObject({ downloaded: 0, kept: 9 });
    expect(server.requests.length).toBe(before);
  });

  test("a file that was changed is fetched again, the others are not", async () => {
    await fetchAll();
    writeFileSync(join(into, big), "other");
    expect(await fetchAll()).toMatchObject({ downloaded: 1, kept: 8 });
    expect(readFileSync(join(into, big), "utf8")).toBe(upstream[big]);
  });

  test("a cut connection is continued where it stopped", async () => {
    server.spoil(big, { kind: "cut", afterBytes: 1000 }, { kind: "cut", afterBytes: 500 });
    await fetchAll();
    expect(readFileSync(join(into, big), "utf8")).toBe(upstream[big]);
    expect(requestsFor(big)).toEqual([big, `${big} bytes=1000-`, `${big} bytes=1500-`]);
  });

  test("a run that was stopped is continued by the next", async () => {
    server.spoil(big, { kind: "cut", afterBytes: 1000 });
    const once = fetchAll({ retries: 0 });
    expect(await problemOf(once)).toMatch(
      /csv\/1-csv\/1\.csv: the connection was cut.*run the same command again/,
    );
    expect(existsSync(join(into, big))).toBe(false);
    await fetchAll();
    expect(requestsFor(big)).toEqual([big, `${big} bytes=1000-`]);
  });

  test("a whole part file from an earlier run is taken as it is", async () => {
    mkdirSync(dirname(join(into, big)), { recursive: true });
    writeFileSync(join(into, `${big}.part`), upstream[big] ?? "");
    await fetchAll();
    expect(requestsFor(big)).toEqual([`${big} bytes=${upstream[big]?.length}-`]);
  });

  test("a spoilt part file is thrown away and the file fetched from its start", async () => {
    mkdirSync(dirname(join(into, big)), { recursive: true });
    writeFileSync(join(into, `${big}.part`), "spoilt");
    await fetchAll();
    expect(readFileSync(join(into, big), "utf8")).toBe(upstream[big]);
    expect(requestsFor(big)).toEqual([`${big} bytes=6-`, big]);
  });

  test("errors of the server are tried again", async () => {
    server.spoil(big, { kind: "status", status: 503 }, { kind: "status", status: 429 });
    await fetchAll();
    expect(requestsFor(big)).toHaveLength(3);
  });

  test("wrong bytes never get the file's name", async () => {
    server.spoil(big, { kind: "garbage" }, { kind: "garbage" });
    expect(await problemOf(fetchAll())).toMatch(/csv\/1-csv\/1\.csv: the digest is .*, expected/);
    expect(existsSync(join(into, big))).toBe(false);
    expect(existsSync(join(into, `${big}.part`))).toBe(false);
  });

  test("canonical answers of the wrong digest are refused", async () => {
    const path = "tagged/data/pristine-seen-tables.tagged";
    server.spoil(path, { kind: "garbage" });
    expect(await problemOf(fetchAll())).toContain(`${path}`);
    expect(existsSync(join(into, "canon/pristine-seen-tables.canon.tsv"))).toBe(false);
  });

  test("a file that is not there names its address", async () => {
    const more = new Map([...manifest, ["csv/1-csv/9.csv", sha256("x")]]);
    expect(await problemOf(fetchAll({ manifest: more }))).toBe(
      `${server.address}csv/1-csv/9.csv: the server answered 404 Not Found. Check the address; a mirror is named with --from URL.`,
    );
  });

  test("no network is one clear line", async () => {
    await server.close();
    expect(await problemOf(fetchAll())).toMatch(/: no connection \(.*\)\. Check the network/);
    server = await serveFiles(upstream);
  });

  test("a directory that cannot be made is one clear line", async () => {
    writeFileSync(join(into, "csv"), "a file");
    expect(await problemOf(fetchAll())).toMatch(/(no directory|should be)\. Make room or choose/);
  });

  test("progress counts every file once", async () => {
    const seen: string[] = [];
    await fetchAll({ onProgress: (done, all) => seen.push(`${done}/${all}`) });
    expect(seen).toEqual(["1/9", "2/9", "3/9", "4/9", "5/9", "6/9", "7/9", "8/9", "9/9"]);
  });
});

describe("verifying", () => {
  test("names what is missing and what is wrong", async () => {
    await fetchAll();
    writeFileSync(join(into, "csv/1-csv/0.csv"), "other");
    rmSync(join(into, "data/training.tsv"));
    expect(await verifyWtq(into, manifest)).toMatchObject({
      ok: false,
      right: 5,
      missing: ["data/training.tsv"],
      wrong: ["csv/1-csv/0.csv"],
    });
  });

  test("where there is nothing, everything is missing", async () => {
    expect(await verifyWtq(join(into, "none"), manifest)).toMatchObject({
      ok: false,
      path: undefined,
      right: 0,
    });
  });
});

describe("the manifest", () => {
  const shipped = fileURLToPath(new URL("../../domains/wtq/upstream.sha256", import.meta.url));

  test("has all tables and splits, and no path that leaves the directory", () => {
    const paths = [...readManifest(shipped).keys()];
    expect(paths.filter((path) => path.startsWith("csv/"))).toHaveLength(2108);
    expect(paths.filter((path) => path.startsWith("data/"))).toHaveLength(5);
    expect(paths.filter((path) => path.startsWith("/") || path.includes(".."))).toEqual([]);
  });

  test.each(["abc  file", `${"0".repeat(64)}  ../file`])("%j is refused with its line", (line) => {
    const path = join(into, "manifest");
    writeFileSync(path, `${"0".repeat(64)}  file\n${line}\n`);
    expect(() => readManifest(path)).toThrow(`${path}:2: this is no line of a manifest`);
  });
});

describe("npm run data", () => {
  const script = fileURLToPath(new URL("../../scripts/data.ts", import.meta.url));

  function run(
    ...args: readonly string[]
  ): Promise<{ code: number | null; out: string; err: string }> {
    return new Promise((done) => {
      const child = spawn(process.execPath, ["--import", "tsx", script, ...args]);
      let out = "";
      let err = "";
      child.stdout.on("data", (chunk) => {
        out += chunk;
      });
      child.stderr.on("data", (chunk) => {
        err += chunk;
      });
      child.on("close", (code) => done({ code, out, err }));
    });
  }

  test("list and verify report as JSON where nothing is there", async () => {
    const [list, verify] = await Promise.all([
      run("list", "--json", "--data-dir", into),
      run("verify", "wtq", "--json", "--data-dir", into),
    ]);
    expect(list).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(list.out)).toContainEqual(
      expect.objectContaining({ name: "wtq", present: false }),
    );
    expect(verify.code).toBe(1);
    expect(JSON.parse(verify.out)).toMatchObject({ name: "wtq", ok: false });
  });

  test("an unknown name is one line and exit code 2", async () => {
    const { code, out, err } = await run("fetch", "wkq");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^error: NAME: there is no data set "wkq"\. Choose one of wtq, .*\.\n$/);
  });
});

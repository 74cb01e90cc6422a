import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DataSet, FetchJob, FetchReport, Wheels } from "../../harness/contracts/index.ts";
import { missingAt, sha256Of } from "../shared/files.ts";
import { compareWithManifest, type Manifest } from "../shared/manifest.ts";

/** Below the data directory. */
const folder = "python-packages";

/** openpyxl and what it imports, as PyPI serves them: the path below its address and the digest. */
const published: Manifest = new Map([
  [
    "c0/da/977ded879c29cbd04de313843e76868e6e13408a94ed6b987245dc7c8506/openpyxl-3.1.5-py2.py3-none-any.whl",
    "5282c12b107bffeef825f4617dc029afaf41d0ea60823bbb665ef3079dc79de2",
  ],
  [
    "c1/8b/5fe2cc11fee489817272089c4203e679c63b570a5aaeb18d852ae3cbba6a/et_xmlfile-2.0.0-py3-none-any.whl",
    "7a91720bc756843502c3b7504c77b8fe44217c85c537d85037f0f536151b2caa",
  ],
]);
const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
const digests: Manifest = new Map([...published].map(([path, sha256]) => [nameOf(path), sha256]));

/** openpyxl for a sandbox whose Python is its own: it is pure Python. pandas is not, and cannot be had this way. */
export const openpyxlWheels: Wheels = {
  files: [...digests].map(([name, sha256]) => ({ path: `${folder}/${name}`, sha256 })),
  fetch: "npm run data -- fetch openpyxl",
};

/** The files of `openpyxlWheels`, as `npm run data` fetches and checks them. */
export const openpyxlPackages: DataSet = {
  title: "openpyxl 3.1.5 and et_xmlfile 2.0.0, for the Python of the embedded sandbox (MIT)",
  address: "https://files.pythonhosted.org/packages/",
  folder,
  isThere: (directory) => [...digests.keys()].some((name) => existsSync(join(directory, name))),
  fetch: fetchPackages,
  async verify(directory) {
    const found = await digestsIn(directory);
    const compared = compareWithManifest(found, digests);
    const path = found.size > 0 ? directory : undefined;
    return { name: "openpyxl", path, ok: compared.right === digests.size, ...compared };
  },
};

async function fetchPackages(job: FetchJob): Promise<FetchReport> {
  const found = await digestsIn(job.into);
  const wanted = [...published].filter(([path, sha256]) => found.get(nameOf(path)) !== sha256);
  for (const [path, sha256] of wanted)
    await job.download({
      url: new URL(path, job.from).href,
      path: join(job.into, nameOf(path)),
      sha256,
    });
  return { downloaded: wanted.length, kept: published.size - wanted.length, unchecked: [] };
}

async function digestsIn(directory: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of digests.keys()) {
    const path = join(directory, name);
    const bytes = await readFile(path).catch(missingAt(path));
    if (bytes !== undefined) found.set(name, sha256Of(bytes));
  }
  return found;
}

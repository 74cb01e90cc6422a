import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { sha256 } from "../canonical.ts";
import type { Skill } from "../contracts/index.ts";
import { InputError, InputErrors, messageOf } from "../errors.ts";
import { encodeAsset, fileBytes, textOf } from "./binary-asset.ts";
import { readFrontMatter, splitFrontMatter } from "./front-matter.ts";
import { pathProblem } from "./skill-path.ts";

/** A skill is prompt text; a tree larger than this is a mistake, such as a checkout or an environment. */
const MAX_FILES = 500;
const MAX_BYTES = 5_000_000;
const MAX_DEPTH = 8;

/** What tools and systems leave in a directory and no author puts there. */
const DROPPINGS = new Set([".DS_Store", "__pycache__", ".git"]);

/**
 * Reads a skill's directory whole.
 *
 * Files are UTF-8 text; an asset (below `assets/`) may be anything, see `fileBytes`.
 *
 * @throws {InputError} when it is no directory, has no readable SKILL.md, a file that is not text outside
 * `assets/`, a symbolic link that leaves it, or more than a skill may hold.
 */
export async function readSkill(dir: string): Promise<Skill> {
  return skillOf(await readSkillFiles(dir), dir);
}

/** The files of a skill's directory by relative path, whatever its SKILL.md says. */
export async function readSkillFiles(dir: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  let bytesRead = 0;
  let root: string;
  try {
    root = await realpath(dir);
    if (!(await lstat(root)).isDirectory()) throw new Error("not a directory");
  } catch (cause) {
    throw new InputError({
      where: dir,
      problem: `no skill can be read here (${messageOf(cause)})`,
      fix: "Name a directory that holds a SKILL.md.",
      cause,
    });
  }
  const refuse = (path: string, problem: string, fix: string): never => {
    throw new InputError({ where: join(dir, path), problem, fix });
  };
  const visit = async (folder: string, depth: number): Promise<void> => {
    if (depth > MAX_DEPTH) refuse(folder, `more than ${MAX_DEPTH} folders deep`, "Flatten it.");
    const names = (await readdir(join(root, folder))).filter((name) => !DROPPINGS.has(name));
    for (const name of names.sort()) {
      const path = folder === "" ? name : `${folder}/${name}`;
      const wrong = pathProblem(path);
      if (wrong !== undefined) refuse(path, wrong, "Rename it.");
      const target = await linkTarget(root, path).catch(() =>
        refuse(
          path,
          "a symbolic link to nothing, or out of the skill",
          "Put the file itself there.",
        ),
      );
      const stat = await lstat(target);
      if (stat.isDirectory()) {
        if (target !== join(root, path))
          refuse(path, "a symbolic link to a folder", "Copy the folder.");
        await visit(path, depth + 1);
        continue;
      }
      if (!stat.isFile()) refuse(path, "neither a file nor a folder", "Remove it.");
      bytesRead += stat.size;
      if (files.size >= MAX_FILES || bytesRead > MAX_BYTES)
        refuse(
          "",
          `larger than a skill may be (${MAX_FILES} files, ${MAX_BYTES / 1e6} MB)`,
          "Name the skill's own directory, and keep only what an agent reads in it.",
        );
      const bytes = await readFile(target);
      const text = textOf(bytes);
      if (text === undefined && !path.startsWith("assets/"))
        refuse(path, "not UTF-8 text", "Convert it to UTF-8, or move it below assets/.");
      files.set(path, text ?? encodeAsset(bytes));
    }
  };
  await visit("", 0);
  return sortedByPath(files);
}

/** The real path of a file, refused where it is outside of the root. */
async function linkTarget(root: string, path: string): Promise<string> {
  const target = await realpath(join(root, path));
  if (!target.startsWith(root + sep)) throw new Error("outside");
  return target;
}

/**
 * A skill from its files.
 *
 * @param where what to name in an error. @default "skill"
 * @throws {InputError} when there is no SKILL.md, or its front matter cannot be relied on.
 */
export function skillOf(files: ReadonlyMap<string, string>, where = "skill"): Skill {
  const file = join(where, "SKILL.md");
  const text = files.get("SKILL.md");
  if (text === undefined)
    throw new InputError({
      where: file,
      problem: "there is no such file",
      fix: "A skill is a directory with a SKILL.md that begins with `name:` and `description:`.",
    });
  refuseBadPaths(files, where);
  const { frontMatter, problems } = readFrontMatter(text);
  const errors = problems.map(
    ({ line, problem, fix }) => new InputError({ where: `${file}:${line}`, problem, fix }),
  );
  const { name } = frontMatter.fields;
  if (errors.length === 0 && (typeof name !== "string" || name === ""))
    errors.push(
      new InputError({
        where: `${file}:${frontMatter.lineOf.get("name") ?? 1}`,
        field: "name",
        problem: "expected a text",
        fix: "Write the name of the skill's directory.",
      }),
    );
  const only = errors[0];
  if (only !== undefined) throw errors.length === 1 ? only : new InputErrors(errors);
  const sorted = sortedByPath(files);
  return { name: String(name), files: sorted, digest: digestOfFiles(sorted) };
}

/** The body of a skill's SKILL.md: everything after the front matter, trimmed. */
export function skillBody(skill: Skill): string {
  return splitFrontMatter(skill.files.get("SKILL.md") ?? "").body.trim();
}

function refuseBadPaths(files: ReadonlyMap<string, string>, where: string): void {
  for (const path of files.keys()) {
    const problem = pathProblem(path);
    if (problem !== undefined)
      throw new InputError({ where: join(where, path), problem, fix: "Rename the file." });
  }
}

/** Changes when any path or byte does. The parts are hashes and NUL-ended paths, so none can pose as another. */
function digestOfFiles(files: ReadonlyMap<string, string>): string {
  const parts = [...files].map(([path, text]) => `${path}\0${sha256(fileBytes(path, text))}\n`);
  return sha256(parts.join(""));
}

function sortedByPath(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/**
 * Writes a skill as a new directory, whole or not at all: it is staged beside it and then renamed.
 *
 * @param dir the skill's directory itself; must not exist.
 * @throws {InputError} when the directory is there already, or a path of the skill would leave it.
 */
export async function writeSkill(skill: Skill, dir: string): Promise<void> {
  const target = resolve(dir);
  refuseBadPaths(skill.files, dir);
  await mkdir(dirname(target), { recursive: true });
  const staging = await mkdtemp(join(dirname(target), ".skill-"));
  try {
    for (const [path, text] of skill.files) {
      await mkdir(dirname(join(staging, path)), { recursive: true });
      await writeFile(join(staging, path), fileBytes(path, text));
    }
    // A rename onto an empty directory would succeed, so that case is asked for.
    if ((await lstat(target).catch(() => undefined)) !== undefined)
      throw new InputError({
        where: dir,
        problem: "it exists already",
        fix: "Name a new directory, or remove the old one.",
      });
    await rename(staging, target);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
}

import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InputError } from "../../../harness/errors.ts";
import { fileBytes } from "../../../harness/skills/binary-asset.ts";
import { readSkill, skillBody, skillOf, writeSkill } from "../../../harness/skills/read-skill.ts";
import { demoSkill, FRONT_MATTER } from "../../support/skills.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "skills-"));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

/** A directory `demo` with these files. */
async function onDisk(files: Record<string, string | Uint8Array>): Promise<string> {
  const root = join(dir, "demo");
  for (const [path, data] of Object.entries({ "SKILL.md": FRONT_MATTER, ...files })) {
    await mkdir(join(root, path, ".."), { recursive: true });
    await writeFile(join(root, path), data);
  }
  return root;
}

/** The message of the InputError that something is refused with. */
async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message.replaceAll(dir, "");
}

/** Files that a skill may hold, besides its SKILL.md. */
const trees = fc.dictionary(
  fc.constantFrom("references/a.md", "references/b/c.md", "scripts/x.py", "assets/é 1.txt", "Z"),
  fc.string({ unit: "binary" }).filter((text) => !text.includes("\0")),
);

describe("reading", () => {
  test("takes the whole tree as text, sorted by path", async () => {
    const root = await onDisk({
      "scripts/a.py": "a\r\n",
      "references/b/c.md": "c",
      ".DS_Store": "",
    });
    const skill = await readSkill(root);
    expect(skill.name).toBe("demo");
    expect([...skill.files]).toEqual([
      ["SKILL.md", FRONT_MATTER],
      ["references/b/c.md", "c"],
      ["scripts/a.py", "a\r\n"],
    ]);
  });

  test("an asset may be anything, and is written as it was", async () => {
    const bytes = Uint8Array.from([0xff, 0, 1, 2]);
    const skill = await readSkill(await onDisk({ "assets/logo.png": bytes }));
    const text = skill.files.get("assets/logo.png") ?? "";
    expect([...fileBytes("assets/logo.png", text)]).toEqual([...bytes]);
    await writeSkill(skill, join(dir, "copy/demo"));
    expect(await readSkill(join(dir, "copy/demo"))).toEqual(skill);
  });

  test("refuses what is no skill, naming the place and the fix", async () => {
    expect(await refusal(readSkill(join(dir, "nowhere")))).toMatch(
      /^\/nowhere: no skill can be read here .*Name a directory that holds a SKILL\.md\.$/,
    );
    await mkdir(join(dir, "empty"));
    expect(await refusal(readSkill(join(dir, "empty")))).toMatch(
      /^\/empty\/SKILL\.md: there is no such file\. /,
    );
    const binary = await onDisk({ "scripts/x.bin": Uint8Array.from([0xff, 0xfe]) });
    expect(await refusal(readSkill(binary))).toMatch(
      /^\/demo\/scripts\/x\.bin: not UTF-8 text\. Convert it/,
    );
  });

  test("refuses links that leave the directory, and follows those that stay", async () => {
    const root = await onDisk({ "references/a.md": "a" });
    await symlink("a.md", join(root, "references/b.md"));
    expect((await readSkill(root)).files.get("references/b.md")).toBe("a");
    await writeFile(join(dir, "secret.txt"), "s");
    await symlink("../../secret.txt", join(root, "references/c.md"));
    expect(await refusal(readSkill(root))).toMatch(/^\/demo\/references\/c\.md: a symbolic link/);
  });

  test("refuses a tree that is larger than a skill", async () => {
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`f${i}`, ""]));
    expect(await refusal(readSkill(await onDisk(many)))).toMatch(/larger than a skill may be/);
    await rm(join(dir, "demo"), { recursive: true });
    expect(await refusal(readSkill(await onDisk({ "a/b/c/d/e/f/g/h/i/j": "" })))).toMatch(/deep/);
  });
});

describe("a skill of files", () => {
  test.each<[string, string, RegExp]>([
    ["no front matter", "# T\n", /^s\/SKILL\.md:1: there is no front matter\. /],
    ["a key twice", "---\nname: a\nname: b\n---\n", /^s\/SKILL\.md:3: .*not valid YAML/],
    ["an unknown key", "---\nname: a\nx: 1\n---\n", /^s\/SKILL\.md:3: unexpected key "x"/],
    ["no name", "---\ndescription: a\n---\n", /^s\/SKILL\.md:1: name: expected a text\. /],
  ])("is refused with %s", (_, text, message) => {
    expect(() => skillOf(new Map([["SKILL.md", text]]), "s")).toThrow(message);
  });

  test("is refused with a path that leaves it", () => {
    expect(() => demoSkill("x", { "../x.md": "x" })).toThrow(/climbs/);
  });

  test("its body is what follows the front matter, whatever --- it has", () => {
    const text = '---\nname: a\ndescription: "one --- two"\n---\n\n# T\n\n---\n\nend\n---\n';
    expect(skillBody(skillOf(new Map([["SKILL.md", text]])))).toBe("# T\n\n---\n\nend\n---");
    const folded = "---\nname: a\ndescription: |\n  one\n  ---\n  two\n---\nbody\n";
    expect(skillBody(skillOf(new Map([["SKILL.md", folded]])))).toBe("body");
  });

  test("its digest changes if and only if a path or a byte does", () => {
    fc.assert(
      fc.property(trees, trees, (a, b) => {
        const [one, other] = [demoSkill("x", a), demoSkill("x", b)];
        const same = JSON.stringify([...one.files]) === JSON.stringify([...other.files]);
        expect(one.digest === other.digest).toBe(same);
        const reversed = Object.fromEntries(Object.entries(a).reverse());
        expect(demoSkill("x", reversed)).toEqual(one);
      }),
    );
  });
});

describe("writing", () => {
  test("what is written is read again", async () => {
    let n = 0;
    await fc.assert(
      fc.asyncProperty(trees, async (files) => {
        const skill = demoSkill("x", files);
        const target = join(dir, `w${n++}`, "demo");
        await writeSkill(skill, target);
        expect(await readSkill(target)).toEqual(skill);
      }),
      { numRuns: 25 },
    );
  });

  test("never writes over a directory, nor leaves a half of one", async () => {
    const root = await onDisk({});
    expect(await refusal(writeSkill(demoSkill("x"), root))).toMatch(
      /^\/demo: it exists already\. /,
    );
    expect(await readdir(dir)).toEqual(["demo"]);
  });

  test("refuses paths that leave the directory", async () => {
    const skill = { ...demoSkill("x"), files: new Map([["../evil.md", "x"]]) };
    expect(await refusal(writeSkill(skill, join(dir, "demo")))).toMatch(/climbs/);
    expect(await readdir(dir)).toEqual([]);
  });
});

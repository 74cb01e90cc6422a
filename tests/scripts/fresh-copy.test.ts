import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/commands.ts";

test.skipIf(!existsSync(path.join(root, ".git")))(
  "git ignores nothing that a fresh clone needs",
  () => {
    const rooms = ["configs", "domains", "harness", "scripts", "tests"];
    const listing = ["ls-files", "--others", "--ignored", "--exclude-standard", "--", ...rooms];
    expect(execFileSync("git", listing, { cwd: root, encoding: "utf8" })).toBe("");
  },
);

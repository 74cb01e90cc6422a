import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InputError } from "../../../harness/errors.ts";
import { containerProgram } from "../../../harness/sandboxes/container-program.ts";
import { dockerSandboxes } from "../../../harness/sandboxes/docker.ts";
import { containerArguments, sandboxImage } from "../../../harness/sandboxes/docker-command.ts";
import { withDefaults } from "../../../harness/sandboxes/limits.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "containers-"));
});
afterAll(() => rm(directory, { recursive: true }));

/** A program that stands in for docker, as a shell script. */
async function program(name: string, script: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

describe("what is missing is named, with the command that mends it:", () => {
  test("no program", async () => {
    const nowhere = join(directory, "nowhere");
    const failing = containerProgram([nowhere]);
    await expect(failing).rejects.toThrow(InputError);
    await expect(failing).rejects.toThrow(
      `sandbox: docker: there is no ${nowhere}. Install and start docker or podman, then run docker build -t ${sandboxImage} domains/shared/docker.`,
    );
  });

  test("a daemon that does not answer", async () => {
    const silent = await program("silent", 'echo "Cannot connect to the daemon" >&2; exit 1');
    await expect(containerProgram([silent])).rejects.toThrow(
      `${silent} does not answer: Cannot connect to the daemon. Install and start`,
    );
    const half = await program("half", `echo '{"ServerErrors": ["Cannot connect"]}'`);
    await expect(containerProgram([half])).rejects.toThrow("does not answer: Cannot connect");
  });

  test("the image", async () => {
    const bare = await program("bare", '[ "$1" = info ] && echo "{}"');
    await expect(containerProgram([bare])).rejects.toThrow(
      `sandbox: docker: ${bare} has no image ${sandboxImage}. Build it once, in the project's directory: ${bare} build -t ${sandboxImage} domains/shared/docker.`,
    );
  });

  test("one program is passed over for the next", async () => {
    const silent = await program("off", "exit 1");
    const works = await program("on", "echo '{}'");
    expect(await containerProgram([silent, works])).toBe(works);
  });
});

test("a container that does not start breaks the sandbox, with what was said", async () => {
  const refuses = await program("refuses", 'echo "no space left on device" >&2; exit 125');
  const provider = dockerSandboxes({}, async () => refuses);
  const sandbox = await provider.open(new Map());
  await expect(sandbox.exec("true")).rejects.toThrow(
    "the container did not start: no space left on device",
  );
  await provider.close();
});

test("a container has no network, no rights, no directory of the host, and bounds on everything", () => {
  const limits = withDefaults({ memoryMiB: 100, diskMiB: 10, processes: 20 });
  const args = containerArguments("echo hi", limits, "name", "label=1");
  const text = args.join(" ");
  for (const part of [
    "--network none",
    "--read-only",
    "--user 1000:1000",
    "--cap-drop ALL",
    "--security-opt no-new-privileges",
    "--memory 194m --memory-swap 194m",
    "--pids-limit 28",
    "--pull never",
  ])
    expect(text).toContain(part);
  expect(args.some((arg) => /^(-v|--volume|--mount|--privileged|--device)/.test(arg))).toBe(false);
  expect(args.at(-1)).toBe("echo hi");
});

import { env } from "node:process";
import { InputError, messageOf } from "../errors.ts";
import { buildCommand, sandboxImage } from "./docker-command.ts";
import { type ProcessResult, runProcess } from "./run-process.ts";

/** Programs that run containers, the one that is tried first in front. */
const programs = ["docker", "podman"] as const;
const questionMs = 20_000;

/** What these programs need of the user's environment to find their daemon and their images. */
const passed = [
  "PATH",
  "HOME",
  "DOCKER_HOST",
  "DOCKER_CONTEXT",
  "DOCKER_CONFIG",
  "DOCKER_CERT_PATH",
  "DOCKER_TLS_VERIFY",
  "CONTAINER_HOST",
  "CONTAINERS_CONF",
  "XDG_RUNTIME_DIR",
];

/** The environment of the container program itself; a container sees none of it. */
export function programEnvironment(): Readonly<Record<string, string>> {
  const given = passed.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given);
}

/** There is nothing to run containers with, or no image. */
export class ContainersMissing extends InputError {
  readonly problem: string;

  constructor(problem: string, fix: string) {
    super({ where: "sandbox", field: "docker", problem, fix });
    this.problem = problem;
  }
}

/** Runs a container program for a short answer. */
export function ask(program: string, args: readonly string[]): Promise<ProcessResult> {
  return runProcess({
    program,
    args,
    env: programEnvironment(),
    timeoutMs: questionMs,
    outputChars: 20_000,
    signals: [],
  });
}

/**
 * Finds the program that runs containers here, with the sandbox's image.
 *
 * @param candidates by name or path, the first that works is taken.
 * @throws {ContainersMissing} with the command that mends it, when there is no program, its daemon does not
 * answer, or the image has not been built.
 */
export async function containerProgram(candidates: readonly string[] = programs): Promise<string> {
  const problems: string[] = [];
  for (const program of candidates) {
    const problem = await problemOf(program);
    if (problem !== undefined) {
      problems.push(problem);
      continue;
    }
    const image = await ask(program, ["image", "inspect", "--format", "{{.Id}}", sandboxImage]);
    if (image.exitCode === 0) return program;
    throw new ContainersMissing(
      `${program} has no image ${sandboxImage}`,
      `Build it once, in the project's directory: ${buildCommand(program)}.`,
    );
  }
  throw new ContainersMissing(
    problems.join("; "),
    `Install and start docker or podman, then run ${buildCommand("docker")}.`,
  );
}

/** Why a program cannot run containers, or undefined where it answers. */
async function problemOf(program: string): Promise<string | undefined> {
  try {
    const answer = await ask(program, ["info", "--format", "json"]);
    // Docker's client answers with 0 even when only the daemon's part is an error.
    const refused = /"ServerErrors":\s*\[\s*"([^"]*)/.exec(answer.stdout)?.[1];
    if (answer.exitCode === 0 && refused === undefined) return undefined;
    const said = refused ?? answer.stderr.trim().split("\n").at(-1) ?? "";
    return `${program} does not answer: ${said}`;
  } catch (error) {
    const { code } = error as { code?: string };
    return code === "ENOENT" ? `there is no ${program}` : `${program}: ${messageOf(error)}`;
  }
}

import { closeDescriptors, sandboxEnvironment } from "./bubblewrap-command.ts";
import type { SandboxLimits } from "./limits.ts";
import { commandHome } from "./shell-commands.ts";

/** The image that commands run in; its number is raised with every change of its Dockerfile. */
export const sandboxImage = "trace2skill-sandbox:2";
/** What makes the image, with the program that is there. */
export const buildCommand = (program: string): string =>
  `${program} build -t ${sandboxImage} domains/shared/docker`;

const mebibyte = 2 ** 20;
/** What the shell around a command, and the code of domains' commands, need beside it. */
const overheadMiB = 64;
/** Processes around a command: the first one, the shell that waits for it, and the archiver. */
const overheadProcesses = 8;

/**
 * The first process of a container. It unpacks the files from stdin, runs the command for as long as
 * it may take, ends whatever is left of it, and packs the files to stdout. Nothing in the container can end
 * or stop this process, since it is the first of its process space.
 *
 * What the command prints goes to `/out`, and comes along in the archive with its exit code.
 */
function inside(limits: SandboxLimits): string {
  const bounds = [
    "ulimit -c 0",
    `ulimit -d ${limits.memoryMiB * 1024}`,
    `ulimit -f ${limits.diskMiB * 1024}`,
    `ulimit -t ${2 * Math.ceil(limits.timeoutMs / 1000) + 1}`,
  ];
  const command = [
    "echo 1000 >/proc/self/oom_score_adj",
    "exec </dev/null >/out/stdout 2>/out/stderr",
    closeDescriptors,
    ...bounds,
    'exec bash -c "$1"',
  ];
  return [
    "tar -xpf - -C / || exit 125",
    // Only the shell around the command holds the other end, and it lives no longer than the command.
    `exec {end}< <( ( ${command.join("; ")} ); echo $? )`,
    `read -r -t ${(limits.timeoutMs / 1000).toFixed(3)} code <&$end`,
    "ended=$?",
    "if (( ended > 128 )); then code=124; echo timed out >/out/clock",
    "elif (( ended != 0 )); then code=137; fi",
    "kill -9 -1 2>/dev/null",
    "echo $code >/out/code",
    "tar -cf - -C / out work tmp",
  ].join("\n");
}

/**
 * The arguments of docker or podman for one command.
 *
 * The system is read-only, and what can be written is memory of bounded size that ends with the
 * container; no directory of the host is mounted.
 *
 * @param name of the container, by which it is ended.
 * @param label by which all containers of one provider are found.
 */
export function containerArguments(
  command: string,
  limits: SandboxLimits,
  name: string,
  label: string,
): readonly string[] {
  const files = (mebibytes: number) =>
    `rw,exec,nosuid,nodev,mode=1777,size=${mebibytes * mebibyte}`;
  // Files lie in memory, too, and are counted with the processes.
  const memory = limits.memoryMiB + 3 * limits.diskMiB + overheadMiB;
  return [
    ...["run", "--rm", "--interactive", "--name", name, "--label", label],
    ...["--network", "none", "--read-only", "--user", "1000:1000", "--hostname", "sandbox"],
    ...["--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
    ...["--memory", `${memory}m`, "--memory-swap", `${memory}m`, "--cpus", "1"],
    ...["--pids-limit", String(limits.processes + overheadProcesses)],
    ...["--tmpfs", `/work:${files(limits.diskMiB)}`, "--tmpfs", `/tmp:${files(limits.diskMiB)}`],
    ...["--tmpfs", `/out:${files(limits.diskMiB)}`, "--tmpfs", `${commandHome}:${files(8)}`],
    ...Object.entries(sandboxEnvironment).flatMap(([key, value]) => ["--env", `${key}=${value}`]),
    ...["--workdir", "/work", "--log-driver", "none", "--pull", "never", "--entrypoint", "bash"],
    ...[sandboxImage, "-c", inside(limits), "sandbox", command],
  ];
}

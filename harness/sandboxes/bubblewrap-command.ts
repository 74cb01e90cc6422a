import { execPath } from "node:process";
import type { ShellCommand } from "../contracts/index.ts";
import type { SandboxLimits } from "./limits.ts";
import { commandHome, commandLayout, commandPath, fallbackHome } from "./shell-commands.ts";

const mebibyte = 2 ** 20;

/** Parts of the system that programs need to start; nothing that says whose machine it is. */
const systemParts = [
  "/bin",
  "/sbin",
  "/lib",
  "/lib32",
  "/lib64",
  "/etc/alternatives",
  "/etc/ld.so.cache",
  "/etc/ld.so.conf",
  "/etc/ld.so.conf.d",
  "/etc/localtime",
  "/etc/fonts",
];

/** Bash that closes what a shell has inherited beyond its three streams: this protocol's, and any of ours. */
export const closeDescriptors =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expansion of the shell
  'for fd in /dev/fd/*; do fd="${fd##*/}"; (( fd > 2 )) && eval "exec $fd>&-"; done';

/** The whole environment of a command. */
export const sandboxEnvironment: Readonly<Record<string, string>> = {
  PATH: commandPath,
  HOME: "/work",
  TMPDIR: "/tmp",
  LANG: "C.UTF-8",
  USER: "user",
  PYTHONDONTWRITEBYTECODE: "1",
  // Numerical libraries would start a thread for every processor, and those count as processes.
  OPENBLAS_NUM_THREADS: "1",
  OMP_NUM_THREADS: "1",
};

/**
 * Runs inside, before and after the command: unpacks the files from stdin, runs the command without
 * the descriptors of this protocol, ends what it left running, and packs the files to descriptor 3.
 * The first byte on descriptor 3 says that the sandbox itself came up.
 */
function inside(limits: SandboxLimits, countsUsers: boolean): string {
  const bounds = [
    "ulimit -c 0",
    `ulimit -d ${limits.memoryMiB * 1024}`,
    `ulimit -f ${limits.diskMiB * 1024}`,
    `ulimit -t ${Math.ceil(limits.timeoutMs / 1000) + 1}`,
    ...(countsUsers ? [`ulimit -u ${limits.processes}`] : []),
  ];
  return [
    "echo 1000 2>/dev/null >/proc/self/oom_score_adj",
    "tar -xpf - -C / || exit 125",
    "printf + >&3",
    `( exec </dev/null; ${closeDescriptors}; ${bounds.join("; ")}; exec bash -c "$1" )`,
    "code=$?",
    "kill -9 -1 2>/dev/null",
    "tar -cf - -C / work tmp >&3 2>/dev/null",
    "exit $code",
  ].join("\n");
}

/** One command to run. */
interface BubblewrapJob {
  readonly command: string;
  readonly limits: SandboxLimits;
  readonly commands: readonly ShellCommand[];
  /** Directories to show beside the system's programs, where they are there. */
  readonly shows: readonly string[];
  /**
   * Whether the kernel counts processes a namespace (Linux 5.14), so that its own limit can be set
   * without counting what the user runs elsewhere.
   */
  readonly countsUsers: boolean;
}

/**
 * The arguments of bwrap for one command.
 *
 * The system is read-only, and what can be written is memory of bounded size that ends with the
 * command; no directory of the host is ever writable.
 **/
export function bubblewrapArguments({
  command,
  limits,
  commands,
  shows,
  countsUsers,
}: BubblewrapJob): readonly string[] {
  const disk = String(limits.diskMiB * mebibyte);
  const { shown, links } = commandLayout(commands);
  return [
    ...["--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"],
    ...["--unshare-cgroup-try", "--die-with-parent", "--new-session", "--hostname", "sandbox"],
    ...["--uid", "1000", "--gid", "1000", "--cap-drop", "ALL"],
    ...["--ro-bind", "/usr", "/usr"],
    ...[...systemParts, ...shows].flatMap((path) => ["--ro-bind-try", path, path]),
    ...["--proc", "/proc", "--dev", "/dev"],
    ...["--size", String(16 * mebibyte), "--tmpfs", "/dev/shm"],
    ...(commands.length === 0 ? [] : ["--ro-bind", execPath, `${commandHome}/node`]),
    ...[...shown].flatMap(([place, path]) => ["--ro-bind", path, place]),
    ...[...links].flatMap(([place, target]) => ["--symlink", target, place]),
    // Debian has `python` only where a package of that name was installed.
    ...["--symlink", "/usr/bin/python3", `${fallbackHome}/python`],
    ...["--size", disk, "--tmpfs", "/work", "--size", disk, "--tmpfs", "/tmp"],
    ...["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/work"],
    ...["--", "bash", "-c", inside(limits, countsUsers), "sandbox", command],
  ];
}

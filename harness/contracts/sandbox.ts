export interface ExecResult {
  readonly exitCode: number;
  /** UTF-8, at most the limit of characters; what was cut is said in the text. */
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/**
 * One episode's files and shell. The working directory is the episode's own; paths are relative to
 * it. A non-zero exit, a time-out or an exhausted limit is a result, never a throw; it throws only
 * when the sandbox itself is broken.
 */
export interface Sandbox {
  exec(command: string, options?: ExecOptions): Promise<ExecResult>;
  /** @returns the bytes, or undefined where there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
  write(path: string, data: Uint8Array | string): Promise<void>;
  /** Paths of all files below the working directory, sorted. */
  list(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface ExecOptions {
  /** @default the provider's limit */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Something a domain may ask of a sandbox, such as `python`. The harness knows no list of them: a
 * sandbox has a capability when the proof that the domain gives for it succeeds in it.
 */
export type Capability = string;

/** What a domain needs of the shell beside bash, which every sandbox has. */
export interface Need {
  readonly capability: Capability;
  /** A command that exits with 0 where the capability is there. */
  readonly proof: string;
  /** The command that brings it to a machine where it is not, such as `apt install python3`. */
  readonly install?: string;
  /** Directories of the machine that its programs read beside those of the system's, such as their settings in `/etc`. */
  readonly shows?: readonly string[];
  /** Archives of pure Python that bring it to a sandbox whose Python is its own. */
  readonly wheels?: Wheels;
  /** Only such an agent needs it; it is not looked for where there is none. @default any agent */
  readonly neededBy?: "language-model";
  /** The domain works without it: no sandbox is refused for it, but one that has it is preferred. */
  readonly optional?: true;
}

/** Python packages as files on this machine. */
export interface Wheels {
  /** By path below the directory of all data sets. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  /** The command that brings them there. */
  readonly fetch: string;
}

/** What was found out about the shell of a sandbox for the agent that will work in it. */
export interface ShellFacts {
  /** What its domains need and it has. */
  readonly has: readonly string[];
  /** What its domains could use, or agents often try, and it has not. */
  readonly lacks: readonly string[];
}

/**
 * A command that a domain adds to the agent's shell: a JavaScript module, which every sandbox runs in
 * its own way (in the embedded sandbox's thread, elsewhere as a program of Node.js).
 */
export interface ShellCommand {
  readonly name: string;
  /**
   * Path of the module on this machine. It exports `run`, a `ShellCommandRun`, and may import what
   * lies in its folder, Node.js' own modules, and its `packages`.
   */
  readonly module: string;
  /** Packages that the module imports, by name: the one file on this machine that each consists of. */
  readonly packages: Readonly<Record<string, string>>;
}

/** What a module of a `ShellCommand` exports as `run`. It never throws for an agent's fault. */
export type ShellCommandRun = (
  args: readonly string[],
  shell: CommandShell,
) => Promise<{ readonly stdout: string; readonly stderr: string; readonly exitCode: number }>;

/** What a domain's command sees of the shell that it runs in. Paths are relative to its directory. */
export interface CommandShell {
  /**
   * @returns the bytes, or undefined where there is no such file.
   * @throws {Error} when it is not a file.
   */
  read(path: string): Promise<Uint8Array | undefined>;
  write(path: string, data: Uint8Array): Promise<void>;
  /** All of standard input. A command that does not ask leaves it to those after it. */
  stdin(): Promise<string>;
}

/** Opens sandboxes of one kind. */
export interface SandboxProvider {
  readonly name: "embedded" | "bubblewrap" | "docker" | "host";
  /** What the agent is told of its shell; absent where nobody looked. */
  readonly facts?: ShellFacts;
  /**
   * @param files what lies in the working directory at first, by relative path.
   * @param commands those that the shell has beside its own. @default none
   */
  open(
    files: ReadonlyMap<string, Uint8Array | string>,
    commands?: readonly ShellCommand[],
  ): Promise<Sandbox>;
  close(): Promise<void>;
}

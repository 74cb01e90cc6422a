/** What one command, and one episode's directory, may use. */
export interface SandboxLimits {
  /** Wall time of a command, in milliseconds. @default 30000 */
  readonly timeoutMs: number;
  /** Characters kept of each of stdout and stderr. @default 200000 */
  readonly outputChars: number;
  /** Memory of all processes of a command together, in MiB. @default 512 */
  readonly memoryMiB: number;
  /** Processes and threads of a command at one time. @default 64 */
  readonly processes: number;
  /** Bytes of all files of an episode together, in MiB; also the largest single file. @default 64 */
  readonly diskMiB: number;
}

const defaultLimits: SandboxLimits = {
  timeoutMs: 30_000,
  outputChars: 200_000,
  memoryMiB: 512,
  processes: 64,
  diskMiB: 64,
};

/** The limits that were given, and the defaults for the rest. */
export function withDefaults(limits: Partial<SandboxLimits>): SandboxLimits {
  return { ...defaultLimits, ...limits };
}

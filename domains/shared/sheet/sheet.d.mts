import type { ShellCommandRun } from "../../../harness/contracts/index.ts";

export const run: ShellCommandRun;

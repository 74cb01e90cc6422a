import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { ShellCommand } from "../contracts/index.ts";

/** Where domains' commands lie in a sandbox that has a file system of its own. */
export const commandHome = "/opt/trace2skill";
/** Programs under names that the system may not know them by. */
export const fallbackHome = `${commandHome}/fallback`;
/** What it looks for programs in. */
export const commandPath = `${commandHome}/bin:/usr/local/bin:/usr/bin:/bin:${fallbackHome}`;

const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
/** The program of Node.js that runs the module of a command. */
export const commandProgram = fileOf("./command-program.mjs");
const launcher = fileOf("./command-launcher.sh");

/** What a sandbox shows for the sake of commands, by absolute path in it. */
export interface CommandLayout {
  /** Files and folders of this machine. */
  readonly shown: ReadonlyMap<string, string>;
  /** Symbolic links to other places in the sandbox. */
  readonly links: ReadonlyMap<string, string>;
}

/**
 * How commands lie in a sandbox: their folders, their packages where modules look for them, and a
 * launcher in `bin` for each. The sandbox adds Node.js as `node` in `commandHome`.
 */
export function commandLayout(commands: readonly ShellCommand[]): CommandLayout {
  const shown = new Map<string, string>();
  const links = new Map<string, string>();
  if (commands.length > 0) shown.set(`${commandHome}/command-program.mjs`, commandProgram);
  for (const { name, module, packages } of commands) {
    shown.set(`${commandHome}/bin/${name}`, launcher);
    shown.set(`${commandHome}/commands/${name}`, dirname(module));
    links.set(`${commandHome}/modules/${name}`, `../commands/${name}/${basename(module)}`);
    for (const [imported, file] of Object.entries(packages))
      shown.set(`${commandHome}/node_modules/${imported}/index.js`, file);
  }
  return { shown, links };
}

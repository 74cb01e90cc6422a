/**
 * Commands of the embedded sandbox that the library has in part: forms of their arguments that GNU's
 * take are written as the library's take them.
 */

import { pythonCommand } from "./embedded-python.mjs";

/** @typedef {import("just-bash").Command} Command */
/** The library's commands by name; a rewritten one takes the place of its own. @typedef {Map<string, Command>} Commands */

/** @type {Readonly<Record<string, (args: string[]) => string[]>>} */
const rewritten = { xargs: xargsArguments, paste: pasteArguments };

/**
 * Puts in place what differs from the library's commands.
 *
 * @param {Commands} commands changed in place
 * @param {readonly string[]} packages that Python can import from, by path in the sandbox
 */
export function mendCommands(commands, packages) {
  /** @param {string} name @param {(command: Command) => Command} mended */
  const mend = (name, mended) => {
    const command = commands.get(name);
    if (command === undefined) throw new Error(`the library has no ${name}`);
    commands.set(name, mended(command));
  };
  for (const [name, rewrite] of Object.entries(rewritten))
    mend(name, (command) => ({
      ...command,
      execute: (args, context) => command.execute(rewrite(args), context),
    }));
  for (const name of ["python", "python3"])
    mend(name, (command) => pythonCommand(command, packages));
  mend("head", (command) => headCommand(command, commands));
}

/** `-n1` and `-I{}` as two arguments. @param {string[]} args */
function xargsArguments(args) {
  /** @type {string[]} */
  const given = [];
  for (const [at, arg] of args.entries()) {
    const [, option = "", value = ""] = /^(-[nIPd])(.*)$/s.exec(arg) ?? [];
    if (option !== "" && value !== "") given.push(option, value);
    else given.push(arg);
    // What follows the options is the command, whose arguments are its own.
    const isValue = /^-[nIPd]$/.test(args[at - 1] ?? "");
    if (!arg.startsWith("-") && !isValue) return [...given, ...args.slice(at + 1)];
  }
  return given;
}

/** Standard input where no file is named. @param {string[]} args */
function pasteArguments(args) {
  const isFile = args.map(
    (arg, at) => (arg === "-" || !arg.startsWith("-")) && !/^-s?d$/.test(args[at - 1] ?? ""),
  );
  return isFile.includes(true) || args.includes("--help") ? args : [...args, "-"];
}

/**
 * `head` that can leave out the end (`-n -1`, `-c -1`) of one text.
 *
 * @param {Command} head
 * @param {Commands} commands
 * @returns {Command}
 */
function headCommand(head, commands) {
  return {
    ...head,
    async execute(args, context) {
      const [, unit, joined] = /^(-[nc]|--lines=|--bytes=)(-\d+)?$/.exec(args[0] ?? "") ?? [];
      const given = joined ?? args[1];
      const files = args.slice(joined === undefined ? 2 : 1);
      if (unit === undefined || !/^-\d+$/.test(given ?? "") || files.length > 1)
        return head.execute(args, context);
      const whole = await (commands.get("cat") ?? head).execute(files, context);
      const parts = /[nl]/.test(unit) ? whole.stdout.split(/(?<=\n)/) : [...whole.stdout];
      const kept = parts.slice(0, Math.max(0, parts.length + Number(given)));
      return { ...whole, stdout: kept.join("") };
    },
  };
}

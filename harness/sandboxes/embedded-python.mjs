/** Python of the embedded sandbox: how its arguments are read, and what an agent's code runs in. */

import { readFileSync } from "node:fs";
import { decodeBytesToUtf8 } from "just-bash";

/** @typedef {import("just-bash").Command} Command */
/** @typedef {import("just-bash").CommandContext} CommandContext */
/**
 * What is to be run.
 *
 * @typedef {object} Program
 * @property {string} source
 * @property {string} name what traces call it
 * @property {string} argument first of `sys.argv`
 * @property {boolean} isFile
 * @property {readonly string[]} args the others of `sys.argv`
 * @property {string} directory where it imports from
 * @property {boolean} takesStdin whether standard input is left to it
 */

const bootstrap = readFileSync(new URL("./embedded-python.py", import.meta.url), "utf8");
/** Options that change nothing here, alone or before `c` or `m`. */
const options = /^-([bBdEiIOPqsSuv]*)([cm]?)$/;
const moduleName = /^[\w.]+$/;

/**
 * The library's Python, which runs an agent's code as it stands: with the lines and the texts that
 * the agent wrote, and traces that name them.
 *
 * @param {Command} python the library's
 * @param {readonly string[]} packages archives that it can import from, by path in the sandbox
 * @returns {Command}
 */
export function pythonCommand(python, packages) {
  return {
    ...python,
    async execute(args, context) {
      const program = await programOf(args, context);
      // Questions about Python itself, and what it refuses.
      if (program === undefined) return python.execute(args, context);
      const { args: others, takesStdin, ...given } = program;
      const json = JSON.stringify(JSON.stringify({ ...given, packages }));
      const code = `given = ${json}\n${bootstrap}`;
      const seen = takesStdin ? context : { ...context, stdin: emptied(context.stdin) };
      return python.execute(["-c", code, ...others], seen);
    },
  };
}

/**
 * @param {string[]} args
 * @param {CommandContext} context
 * @returns {Promise<Program | undefined>} undefined where there is none
 */
async function programOf(args, { fs, cwd, stdin }) {
  let at = 0;
  /** @type {string | undefined} */
  let letter;
  for (; letter === undefined && at < args.length; at++) {
    const match = options.exec(args[at] ?? "");
    if (!match || args[at] === "-") break;
    letter = match[2] || undefined;
  }
  const [first, ...others] = args.slice(at);
  const common = { args: others, directory: cwd, isFile: false, takesStdin: true };
  if (letter === "c")
    return first === undefined
      ? undefined
      : { ...common, source: first, name: "<string>", argument: "-c" };
  if (letter === "m") {
    if (first === undefined || !moduleName.test(first)) return undefined;
    const source = `import runpy; runpy.run_module("${first}", run_name="__main__", alter_sys=True)`;
    return { ...common, source, name: "<module>", argument: first };
  }
  if (first === undefined || first === "-") {
    const source = decodeBytesToUtf8(stdin);
    if (first === undefined && source.trim() === "") return undefined;
    return { ...common, source, name: "<stdin>", argument: "-", takesStdin: false };
  }
  const path = fs.resolvePath(cwd, first);
  if (first.startsWith("-") || !(await fs.exists(path))) return undefined;
  if ((await fs.stat(path)).isDirectory) return undefined;
  const directory = path.slice(0, path.lastIndexOf("/")) || "/";
  const source = await fs.readFile(path);
  return { ...common, source, name: first, argument: first, directory, isFile: true };
}

/** @template Text @param {Text} _ @returns {Text} */
function emptied(_) {
  return /** @type {Text} */ ("");
}

import { strToU8, zipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { embeddedSandboxes } from "../../../harness/sandboxes/embedded.ts";

const wheel = zipSync({
  "shapes/__init__.py": strToU8("from shapes.area import square"),
  "shapes/area.py": strToU8("def square(a):\n    return a * a\n"),
});
const provider = embeddedSandboxes({}, {}, new Map([["shapes-1.0-py3-none-any.whl", wheel]]));
afterAll(() => provider.close());

async function ran(command: string, files: Readonly<Record<string, string>> = {}) {
  const sandbox = await provider.open(new Map(Object.entries(files)));
  const { exitCode, stdout, stderr } = await sandbox.exec(command, { timeoutMs: 60_000 });
  return { exitCode, stdout, stderr, files: await sandbox.list() };
}

describe("the embedded Python", { timeout: 90_000 }, () => {
  test("leaves the lines of a text as they were written", async () => {
    const { stdout } = await ran(`python3 -c 'print("""a\n  b\nc""")'`);
    expect(stdout).toBe("a\n  b\nc\n");
  });

  test("names the agent's code and line where it fails, and nothing around it", async () => {
    const { exitCode, stderr } = await ran("python -c 'x = 1\nprint(x)\nraise ValueError(x)'");
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr:
        'Traceback (most recent call last):\n  File "<string>", line 3, in <module>\n    raise ValueError(x)\nValueError: 1\n',
    });
  });

  test("says what cannot be parsed without colours", async () => {
    const { stderr } = await ran("python3 -c 'print(1'");
    expect(stderr).toBe(
      "  File \"<string>\", line 1\n    print(1\n         ^\nSyntaxError: '(' was never closed\n",
    );
  });

  test("keeps its own frames out of a fault of its redirected files", async () => {
    const { stderr } = await ran("echo 'open(\"/work/none.csv\")' | python3");
    expect(stderr).toMatch(
      /^Traceback .*\n {2}File "<stdin>", line 1, in <module>\n.*\n.*\nFileNotFoundError: .*'\/work\/none\.csv'\n$/,
    );
  });

  test("runs a script with its arguments, its input, and the modules beside it", async () => {
    const script = "import sys, part\nprint(sys.argv, part.two, sys.stdin.read(), __name__)\n";
    const files = { "sub/main.py": script, "sub/part.py": "two = 2\n" };
    const {
      stdout,
      stderr,
      files: left,
    } = await ran("echo in | python3 sub/main.py a 'b c'", files);
    expect(stderr).toBe("");
    expect(stdout).toContain("['sub/main.py', 'a', 'b c'] 2 in\n __main__");
    expect(left).toEqual(["sub/main.py", "sub/part.py"]);
  });

  test("says why it stops, with the exit code", async () => {
    expect(await ran("python3 -u -c 'import sys; sys.exit(3)'")).toMatchObject({ exitCode: 3 });
    expect(await ran("python3 -c 'exit(\"no rows\")'")).toMatchObject({
      exitCode: 1,
      stderr: "no rows\n",
    });
  });

  test("imports from the packages it was given", async () => {
    const { stdout, stderr } = await ran("python3 -c 'import shapes; print(shapes.square(7))'");
    expect({ stdout, stderr }).toEqual({ stdout: "49\n", stderr: "" });
  });
});

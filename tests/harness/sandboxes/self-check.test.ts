import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sandbox, SandboxProvider } from "../../../harness/contracts/index.ts";
import { sandboxKinds } from "../../../harness/sandboxes/probe.ts";
import { hasHere, sandboxesHere, shout, textIn } from "../../support/sandboxes.ts";

const limits = { timeoutMs: 8000, diskMiB: 8, memoryMiB: 256, processes: 32, outputChars: 20_000 };
const names = await sandboxesHere();
const python = { capability: "python", proof: "python3 -c 'print(1)'" };

function opened(name: (typeof names)[number]): SandboxProvider {
  return sandboxKinds[name].open(limits);
}

let server: Server;
let outside: string;
let visits = 0;

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), "canary-"));
  await writeFile(join(outside, "canary"), "seen");
  server = createServer((socket) => {
    visits++;
    socket.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(outside, { recursive: true });
});

// A container takes half a second to start, and much longer where many do.
describe.each(names)("%s", { timeout: 90_000 }, async (name) => {
  const hasPython = await hasHere(name, python);
  const provider = opened(name);
  const open = (files: Record<string, string | Uint8Array> = {}): Promise<Sandbox> =>
    provider.open(new Map(Object.entries(files)));
  afterAll(() => provider.close());

  describe("runs commands", () => {
    test("and gives output, errors and the exit code apart", async () => {
      const sandbox = await open();
      expect(await sandbox.exec("echo out; echo err >&2; exit 7")).toEqual({
        exitCode: 7,
        stdout: "out\n",
        stderr: "err\n",
        timedOut: false,
      });
    });

    test("of bash, not of a smaller shell", async () => {
      const sandbox = await open();
      const result = await sandbox.exec(
        // biome-ignore lint/suspicious/noTemplateCurlyInString: an expansion of the shell
        "[[ abc == a* ]] && a=(1 2 3) && echo ${a[@]:1} $'x\\ty' && cat <(echo sub)",
      );
      expect(result.stdout).toBe("2 3 x\ty\nsub\n");
    });

    test("in a fresh shell each, with the files of the last", async () => {
      const sandbox = await open();
      await sandbox.exec("mkdir sub; cd sub; x=1; export y=2; f() { echo f; }; echo kept > a");
      const result = await sandbox.exec("echo [$x$y]; f 2>/dev/null || echo gone; cat sub/a");
      expect(result.stdout).toBe("[]\ngone\nkept\n");
    });

    test("with nothing on stdin", async () => {
      const sandbox = await open();
      expect((await sandbox.exec("cat; echo done")).stdout).toBe("done\n");
    });

    test("of several lines, heredocs and a syntax error included", async () => {
      const sandbox = await open();
      expect((await sandbox.exec("cat > a <<'END'\n  two  $x\nEND\ncat a")).stdout).toBe(
        "  two  $x\n",
      );
      expect((await sandbox.exec("if then")).exitCode).not.toBe(0);
    });

    test("of python, on the same files", async () => {
      if (!hasPython) return;
      const sandbox = await open({ "in.txt": "6 7" });
      const script =
        "a, b = open('in.txt').read().split()\nopen('out.txt', 'w').write(str(int(a) * int(b)))";
      const result = await sandbox.exec(`python3 -c "${script}"`);
      expect([result.exitCode, await textIn(sandbox, "out.txt")]).toEqual([0, "42"]);
    });
  });

  describe("keeps files", () => {
    const names = ["plain.txt", "a/b/c.txt", "größe 表.csv", "with 'quotes'"];
    const binary = Uint8Array.from({ length: 1024 }, (_, i) => i % 256);

    test("as they were written, with any bytes and names", async () => {
      const sandbox = await open(Object.fromEntries(names.map((file) => [file, binary])));
      await sandbox.exec("true");
      for (const file of names) expect(await sandbox.read(file)).toEqual(binary);
      expect(await sandbox.list()).toEqual([...names].sort());
    });

    test("and takes what commands wrote, changed, and deleted", async () => {
      const sandbox = await open({ old: "1", gone: "2", "d/deep": "3" });
      await sandbox.exec("cp old new; echo more >> old; rm gone; mv d e");
      expect(await sandbox.list()).toEqual(["e/deep", "new", "old"]);
      expect(await textIn(sandbox, "old")).toBe("1more\n");
    });

    test("that are written between commands", async () => {
      const sandbox = await open();
      await sandbox.write("x/y.txt", "hello");
      expect((await sandbox.exec("cat x/y.txt")).stdout).toBe("hello");
      await sandbox.write("x/y.txt", "again");
      expect((await sandbox.exec("cat x/y.txt")).stdout).toBe("again");
    });

    test("and says undefined where there is none", async () => {
      const sandbox = await open({ "d/f": "" });
      expect(await sandbox.read("nothing")).toBeUndefined();
      expect(await sandbox.read("d")).toBeUndefined();
      expect(await sandbox.read("d/f/g")).toBeUndefined();
      expect(await sandbox.read("d/f")).toEqual(new Uint8Array());
    });

    test.each(["../x", "/etc/hostname", "a/../../x", "", ".."])("refuses %j", async (path) => {
      const sandbox = await open();
      await expect(sandbox.read(path)).rejects.toThrow("working directory");
      await expect(sandbox.write(path, "x")).rejects.toThrow("working directory");
    });

    test("of one sandbox away from fifty others", async () => {
      const all = await Promise.all(
        Array.from({ length: 50 }, (_, i) => open({ mine: `${i}`, [`own-${i}`]: "" })),
      );
      const seen = await Promise.all(
        all.map((sandbox, i) => sandbox.exec(`cat mine; ls; echo ${i} > wrote; cat wrote`)),
      );
      seen.forEach((result, i) => {
        expect(result.stdout).toBe(`${i}mine\nown-${i}\n${i}\n`);
      });
    });
  });

  describe("ends", () => {
    test.each([
      ["a sleep", "sleep 1000"],
      ["a loop", "while true; do :; done"],
      ["a sleep in a pipe", "sleep 1000 | cat"],
    ])("%s at its time-out, and runs the next command", async (_, command) => {
      const sandbox = await open({ a: "1" });
      const result = await sandbox.exec(`echo before; ${command}`, { timeoutMs: 400 });
      expect(result.timedOut).toBe(true);
      expect(result.exitCode).not.toBe(0);
      expect((await sandbox.exec("cat a")).stdout).toBe("1");
    });

    test("python that never ends", async () => {
      if (!hasPython) return;
      const sandbox = await open();
      const result = await sandbox.exec("python3 -c 'while True: pass'", { timeoutMs: 1200 });
      expect(result.timedOut).toBe(true);
    });

    test("what a command left running", async () => {
      const sandbox = await open();
      await sandbox.exec("(sleep 0.2; echo late > late) & echo started");
      const files = await sandbox.list();
      await wait(400);
      expect(await sandbox.list()).toEqual(files);
    });

    test.each([
      ["grep", "echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab | grep -E '^(a+)+$'"],
      ["grep -P", "echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab | grep -P '^(a|a)*$'"],
      ["sed", "echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab | sed -E 's/^(a+)+$/x/'"],
      ["awk", "echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab | awk '/^(a+)+$/'"],
    ])("a catastrophic regular expression of %s", async (_, command) => {
      const sandbox = await open();
      await sandbox.exec(command, { timeoutMs: 800 });
      expect((await sandbox.exec("echo next")).stdout).toBe("next\n");
    });

    test("when the caller aborts, with the caller's reason", async () => {
      const sandbox = await open();
      const reason = new Error("enough");
      const controller = new AbortController();
      const running = sandbox.exec("sleep 1000", { signal: controller.signal });
      setTimeout(() => controller.abort(reason), 50);
      await expect(running).rejects.toBe(reason);
      expect((await sandbox.exec("echo next")).stdout).toBe("next\n");
    });
  });

  test("cuts output that is too long, and says so", async () => {
    const sandbox = await open();
    const { stdout, exitCode } = await sandbox.exec("seq 1 20000");
    expect(stdout.startsWith("1\n2\n3\n")).toBe(true);
    expect(stdout).toMatch(/\[output cut: \d+ characters/);
    expect([stdout.length <= limits.outputChars, exitCode]).toEqual([true, 0]);
  });

  describe("has the commands of a domain", () => {
    test("that was given, with their files and packages", async () => {
      const sandbox = await provider.open(new Map([["d/a", "Hi 1"]]), [shout]);
      expect(await sandbox.exec("cd d && shout a b && cat b && shout a")).toMatchObject({
        exitCode: 0,
        stdout: "1 HI 11 HI 1",
        stderr: "",
      });
      expect(await sandbox.exec("shout none")).toMatchObject({
        exitCode: 3,
        stdout: "",
        stderr: "shout: none: no such file\n",
      });
    });

    test("and not those that were not", async () => {
      const given = await provider.open(new Map(), [shout]);
      expect((await given.exec("command -v shout")).exitCode).toBe(0);
      const sandbox = await open();
      expect((await sandbox.exec("command -v shout")).exitCode).not.toBe(0);
      expect((await sandbox.exec("shout x")).exitCode).toBe(127);
    });

    test("and leaves standard input to others where they do not ask for it", async () => {
      const sandbox = await provider.open(new Map([["a", "x"]]), [shout]);
      const result = await sandbox.exec(
        "printf 'one\\ntwo\\n' | while read -r line; do shout a; echo \" $line\"; done; printf ab | shout -",
      );
      expect(result).toMatchObject({ stdout: "1 X one\n1 X two\n2 AB", stderr: "" });
    });
  });

  test("shows commands no keys", async () => {
    const planted = "T2S_PLANTED_KEY";
    process.env[planted] = "secret-in-the-environment";
    try {
      const sandbox = await open();
      const { stdout } = await sandbox.exec(
        "env; set; cat /proc/*/environ 2>/dev/null; python3 -c 'import os; print(dict(os.environ))'",
      );
      expect(stdout).not.toContain("secret-in-the-environment");
    } finally {
      delete process.env[planted];
    }
  });

  test("follows no link out of the directory when it reads and writes", async () => {
    const outside = await mkdtemp(join(tmpdir(), "canary-"));
    try {
      await writeFile(join(outside, "canary"), "seen");
      const sandbox = await open({ real: "inside" });
      await sandbox.exec(
        `ln -s ${outside}/canary file; ln -s ${outside} dir; ln -s real ok; ln -s loop loop; ln -s .. up`,
      );
      expect(await sandbox.read("file")).toBeUndefined();
      expect(await sandbox.read("dir/canary")).toBeUndefined();
      expect(await sandbox.read("up/work/../../etc/hostname")).toBeUndefined();
      expect(await sandbox.read("loop")).toBeUndefined();
      expect(await textIn(sandbox, "ok")).toBe("inside");
      await expect(sandbox.write("dir/new", "x")).rejects.toThrow("directory");
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  describe.skipIf(name === "host")("contains a command that", () => {
    /** It ended on its own or was ended, in time, and the next command runs as if nothing had been. */
    async function survives(command: string, timeoutMs = 700) {
      const sandbox = await open({ a: "1" });
      const result = await sandbox.exec(command, { timeoutMs });
      expect(result.stdout.length).toBeLessThanOrEqual(limits.outputChars);
      expect((await sandbox.exec("cat a")).stdout).toBe("1");
      return result;
    }

    test("reads outside", async () => {
      const { stdout, exitCode } = await survives(
        `cat /work/../${outside}/canary ${outside}/canary`,
      );
      expect([stdout, exitCode]).toEqual(["", 1]);
    });

    test("writes outside", async () => {
      await survives(`echo changed > ${outside}/canary; rm -rf ${outside}; echo x > /usr/x`);
      const { stdout } = await survives("ls /usr/x 2>/dev/null");
      expect(stdout).toBe("");
      expect(await readFile(join(outside, "canary"), "utf8")).toBe("seen");
    });

    test("deletes everything", async () => {
      const sandbox = await open({ a: "1" });
      await sandbox.exec("rm -rf /work /tmp; rm -rf /*", { timeoutMs: 700 });
      await sandbox.write("b", "2");
      expect((await sandbox.exec("cat b | tr 2 3")).stdout).toBe("3");
    });

    test("reaches for the network", async () => {
      const { port } = server.address() as { port: number };
      await survives(`echo hi > /dev/tcp/127.0.0.1/${port}; curl http://127.0.0.1:${port}`);
      expect(visits).toBe(0);
    });

    test("does any of it from python", async () => {
      if (!hasPython) return;
      const { port } = server.address() as { port: number };
      const attempts = [
        `print(open('${outside}/canary').read())`,
        `print(open('/proc/self/cwd/../${outside}/canary').read())`,
        `open('${outside}/canary', 'w').write('changed')`,
        `import socket; socket.create_connection(('127.0.0.1', ${port}), 1)`,
        `import urllib.request; urllib.request.urlopen('http://127.0.0.1:${port}', timeout=1)`,
        "x = bytearray(3 * 10**9)",
      ];
      const sandbox = await open({
        "try.py": attempts
          .map((line) => `try:\n  ${line}\n  print('did it')\nexcept BaseException as e: pass\n`)
          .join(""),
      });
      const { stdout } = await sandbox.exec("python3 try.py; echo end");
      expect(stdout).toBe("end\n");
      expect(visits).toBe(0);
      expect(await readFile(join(outside, "canary"), "utf8")).toBe("seen");
    });

    test.each([
      ["forks without end", ":(){ :|:& };:; sleep 1"],
      ["recurses without end", "f() { f; }; f"],
      ["prints without end", "while true; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done"],
      ["prints 1 GB", "head -c 1000000000 /dev/zero | tr '\\0' y; yes"],
      ["doubles a string without end", "x=aaaaaaaa; while true; do x=$x$x; done"],
    ])("%s", async (_, command) => {
      await survives(command);
    });

    test("fills the disk", async () => {
      const sandbox = await open({ a: "1" });
      const chunk = "x=$(printf 'y%.0s' $(seq 1000)); x=$x$x$x$x$x$x$x$x$x$x";
      const fill = "for i in $(seq 2000); do echo $x$x$x$x$x$x$x$x$x$x > f$i || exit 9; done";
      const result = await sandbox.exec(`${chunk}; ${fill}`);
      expect(result.exitCode).not.toBe(0);
      const sizes = await Promise.all(
        (await sandbox.list()).map(async (path) => (await sandbox.read(path))?.length ?? 0),
      );
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(
        limits.diskMiB * 2 ** 20,
      );
      expect((await sandbox.exec("rm -f f*; cat a")).stdout).toBe("1");
    });

    test("ends its own shell", async () => {
      await survives("kill -9 $PPID; kill -9 $$; kill -9 -1");
    });
  });

  test("is closed for good", async () => {
    const own = opened(name);
    const sandbox = await own.open(new Map());
    await own.close();
    await expect(sandbox.exec("echo hi")).rejects.toThrow("closed");
  });
});

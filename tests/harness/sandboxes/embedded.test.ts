import { afterEach, describe, expect, test } from "vitest";
import type { SandboxProvider } from "../../../harness/contracts/index.ts";
import { embeddedSandboxes } from "../../../harness/sandboxes/embedded.ts";
import { defaultPoolSize, EmbeddedPool } from "../../../harness/sandboxes/embedded-pool.ts";
import { withDefaults } from "../../../harness/sandboxes/limits.ts";

const providers: SandboxProvider[] = [];
afterEach(async () => {
  await Promise.all(providers.splice(0).map((provider) => provider.close()));
});

/** All commands go to one thread, one after the other. */
function oneThread(): SandboxProvider {
  const provider = embeddedSandboxes({ timeoutMs: 5000, diskMiB: 8 }, { base: 1, most: 1 });
  providers.push(provider);
  return provider;
}

describe("a thread that runs many commands", () => {
  const traces = [
    "set +o; shopt; export -p; readonly -p; declare -F; alias; trap; umask; hash; dirs",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expansion of the shell
    "echo $- $? $_ $SECONDS ${#BASH_REMATCH[@]}; env | sort; type ls cat; jobs; ls -la / /bin /tmp | wc -l; pwd; cat /dev/null",
  ].join("; ");

  test("carries nothing from one to the next", async () => {
    const provider = oneThread();
    const look = async () => (await provider.open(new Map())).exec(traces);
    const before = await look();
    const guest = await provider.open(new Map());
    const left = await guest.exec(
      "export LEFT=1; readonly STUCK=2; declare -r ls=3; shopt -s nullglob extglob dotglob; set -u -f; hash -p /bin/cat ls; alias ls=rm; cat() { echo mine; }; trap 'echo trapped' EXIT; umask 077; cd /tmp; pushd /; echo x > /bin/ls; rm /bin/cat; echo y > /tmp/left; echo z > /x; [[ a =~ (a) ]]; printf -v IFS , ; HOME=/x PATH=/nowhere",
    );
    expect(left.timedOut).toBe(false);
    expect(await look()).toEqual(before);
  });

  test("gives every sandbox its own /tmp, kept between its commands", async () => {
    const provider = oneThread();
    const [one, two] = [await provider.open(new Map()), await provider.open(new Map())];
    await one.exec("echo mine > /tmp/scratch");
    expect((await two.exec("ls /tmp")).stdout).toBe("");
    expect((await one.exec("cat /tmp/scratch")).stdout).toBe("mine\n");
    expect(await one.list()).toEqual([]);
  });
});

test("a thread that is stuck in a computation does not hold up the program", async () => {
  const provider = oneThread();
  const sandbox = await provider.open(new Map([["a", "1"]]));
  await sandbox.exec("true");
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 10);
  const result = await sandbox.exec("while true; do :; done", { timeoutMs: 300 });
  clearInterval(ticking);
  expect(result).toMatchObject({ timedOut: true, exitCode: 124 });
  expect(ticks).toBeGreaterThan(8);
  expect((await sandbox.exec("cat a")).stdout).toBe("1");
});

test("files are as they were before a command that was ended by force", async () => {
  const provider = oneThread();
  const sandbox = await provider.open(new Map([["a", "1"]]));
  await sandbox.exec("echo 2 > a; while true; do :; done", { timeoutMs: 200 });
  expect((await sandbox.exec("cat a")).stdout).toBe("1");
});

describe("the pool", () => {
  const limits = withDefaults({ timeoutMs: 5000 });
  const job = (command: string) => ({ command, commands: [], entries: new Map(), timeoutMs: 5000 });

  test("grows past commands that sleep, and shrinks again", async () => {
    const pool = new EmbeddedPool(limits, {
      ...defaultPoolSize,
      base: 1,
      most: 4,
      slowMs: 40,
      idleMs: 50,
    });
    try {
      const sleeping = [1, 2].map(() => pool.run(job("sleep 2")));
      const quick = await pool.run(job("echo quick"));
      expect(quick.stdout).toBe("quick\n");
      expect(pool.threads).toBe(3);
      await Promise.all(sleeping);
      await expect.poll(() => pool.threads, { timeout: 3000 }).toBe(1);
    } finally {
      await pool.close();
    }
  });

  test("never has more threads than it may", async () => {
    const pool = new EmbeddedPool(limits, { ...defaultPoolSize, base: 2, most: 3, slowMs: 20 });
    try {
      const most = await Promise.all(
        Array.from({ length: 9 }, async () => {
          await pool.run(job("sleep 0.1"));
          return pool.threads;
        }),
      );
      expect(Math.max(...most)).toBe(3);
    } finally {
      await pool.close();
    }
  });

  test("drops a job that is aborted while it waits", async () => {
    const pool = new EmbeddedPool(limits, { ...defaultPoolSize, base: 1, most: 1 });
    try {
      const first = pool.run(job("echo first"));
      const reason = new Error("no longer wanted");
      const controller = new AbortController();
      const second = pool.run(job("echo second"), controller.signal);
      controller.abort(reason);
      await expect(second).rejects.toBe(reason);
      expect((await first).stdout).toBe("first\n");
    } finally {
      await pool.close();
    }
  });
});

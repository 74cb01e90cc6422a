import { describe, expect, test } from "vitest";
import type { Need } from "../../../harness/contracts/index.ts";
import { InputError } from "../../../harness/errors.ts";
import { chooseSandbox } from "../../../harness/sandboxes/choose.ts";
import type { SandboxName, SandboxProbe } from "../../../harness/sandboxes/probe.ts";

const has: Readonly<Record<SandboxName, readonly string[]>> = {
  embedded: ["python"],
  bubblewrap: ["python"],
  docker: ["python", "tables"],
  host: ["python", "tables", "office"],
};
const lacksCommands: Readonly<Record<SandboxName, readonly string[]>> = {
  embedded: ["`sort -g`"],
  bubblewrap: ["bc"],
  docker: [],
  host: [],
};
const tables: Need = { capability: "tables", proof: "tables", install: "apt install tables" };
const office: Need = { capability: "office", proof: "office", install: "apt install office" };
const python: Need = { capability: "python", proof: "python" };

/** A machine on which all work but `broken`. */
function machine(...broken: SandboxName[]) {
  return async (name: SandboxName): Promise<SandboxProbe> => {
    return broken.includes(name)
      ? { name, works: false, problem: "no such program", fix: "Install it." }
      : { name, works: true, has: new Set(has[name]), lacksCommands: lacksCommands[name] };
  };
}

const forModel = (needs: readonly Need[], ...broken: SandboxName[]) =>
  chooseSandbox("auto", needs, { forLanguageModel: true, probe: machine(...broken) });

async function chosen(
  name: "auto" | SandboxName,
  needs: readonly Need[],
  ...broken: SandboxName[]
): Promise<string> {
  const provider = await chooseSandbox(name, needs, { probe: machine(...broken) });
  await provider.close();
  return provider.name;
}

describe("auto", () => {
  test("is the lightest that has what the domain needs", async () => {
    expect(await chosen("auto", [])).toBe("embedded");
    expect(await chosen("auto", [python])).toBe("embedded");
    expect(await chosen("auto", [tables])).toBe("docker");
    expect(await chosen("auto", [{ ...tables, optional: true }])).toBe("embedded");
  });

  test("passes over one that does not work here", async () => {
    expect(await chosen("auto", [], "embedded")).toBe("bubblewrap");
    expect(await chosen("auto", [], "embedded", "bubblewrap")).toBe("docker");
  });

  test("is never the host, and says what is missing", async () => {
    const failing = chosen("auto", [office]);
    await expect(failing).rejects.toThrow(InputError);
    await expect(failing).rejects.toThrow(
      "sandbox: auto: embedded has no office; bubblewrap has no office; docker has no office. Install office for the system's programs in /usr (apt install office)",
    );
  });
});

test("auto names every way to what is missing", async () => {
  await expect(chosen("auto", [tables], "docker")).rejects.toThrow(
    "docker does not work here: no such program. Install tables for the system's programs in /usr (apt install tables), or write `sandbox: host` where everything the model runs may be trusted. Or: Install it.",
  );
});

describe("one by name", () => {
  test("is that one", async () => {
    expect(await chosen("host", [office])).toBe("host");
    expect(await chosen("bubblewrap", [])).toBe("bubblewrap");
  });

  test("that does not work here is refused with the fix", async () => {
    await expect(chosen("bubblewrap", [], "bubblewrap")).rejects.toThrow(
      "sandbox: bubblewrap: bubblewrap does not work here: no such program. Install it.",
    );
  });

  test("that lacks something is refused", async () => {
    await expect(chosen("embedded", [tables])).rejects.toThrow("embedded has no tables");
  });
});

describe("auto for a language model", () => {
  const frames: Need = {
    ...tables,
    capability: "frames",
    install: "apt install frames",
    optional: true,
  };
  const wheels = { files: [], fetch: "npm run data -- fetch tables" };

  test("is real bash wherever it can be had, and says what it has and lacks", async () => {
    const { name, because, facts } = await forModel([python]);
    expect({ name, because, facts }).toEqual({
      name: "bubblewrap",
      because: "real bash, as language models know it",
      facts: { has: ["python"], lacks: ["bc"] },
    });
    expect(await forModel([tables])).toMatchObject({ name: "docker" });
  });

  test("asks for what only language models need", async () => {
    const needs: readonly Need[] = [{ ...tables, neededBy: "language-model" }];
    expect(await chosen("auto", needs)).toBe("embedded");
    expect(await forModel(needs)).toMatchObject({ name: "docker" });
  });

  test("prefers one that lacks nothing optional, and names what is lacked otherwise", async () => {
    expect(await forModel([{ ...tables, optional: true }])).toMatchObject({ name: "docker" });
    expect(await forModel([frames])).toMatchObject({
      name: "bubblewrap",
      because: "real bash, as language models know it, without frames (apt install frames)",
      facts: { has: [], lacks: ["frames", "bc"] },
    });
  });

  test("is the embedded one where there is no other, with the way to real bash", async () => {
    expect(await forModel([frames], "bubblewrap", "docker")).toMatchObject({
      name: "embedded",
      because:
        "an interpreted bash, without frames, since bubblewrap does not work here: no such program; docker does not work here: no such program. For real bash: Install it. It then needs: apt install frames.",
      facts: { has: [], lacks: ["frames", "`sort -g`"] },
    });
  });

  test("names every command that would bring what is missing", async () => {
    await expect(forModel([{ ...tables, wheels }], "bubblewrap", "docker")).rejects.toThrow(
      "Install it. It then needs: apt install tables. Or: Install it. Or: Fetch tables for the embedded one: npm run data -- fetch tables.",
    );
  });

  test("a sandbox that was named is that one, with its facts", async () => {
    const options = { forLanguageModel: true, probe: machine() };
    const named = await chooseSandbox("embedded", [python], options);
    expect(named).toMatchObject({ name: "embedded", facts: { has: ["python"] } });
    expect(named.because).toBeUndefined();
  });
});

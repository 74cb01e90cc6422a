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
const tables: Need = { capability: "tables", proof: "tables", install: "apt install tables" };
const office: Need = { capability: "office", proof: "office", install: "apt install office" };
const python: Need = { capability: "python", proof: "python" };

/** A machine on which all work but `broken`. */
function machine(...broken: SandboxName[]) {
  return async (name: SandboxName): Promise<SandboxProbe> => {
    return broken.includes(name)
      ? { name, works: false, problem: "no such program", fix: "Install it." }
      : { name, works: true, has: new Set(has[name]) };
  };
}

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

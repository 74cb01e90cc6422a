import { describe, expect, test } from "vitest";
import type { Capability } from "../../../harness/contracts/index.ts";
import { InputError } from "../../../harness/errors.ts";
import { chooseSandbox } from "../../../harness/sandboxes/choose.ts";
import type { SandboxName, SandboxProbe } from "../../../harness/sandboxes/probe.ts";

const has: Partial<Record<SandboxName, readonly Capability[]>> = {
  embedded: ["bash", "python", "sheet"],
  bubblewrap: ["bash", "python", "sheet"],
  docker: ["bash", "python", "sheet", "openpyxl"],
  host: ["bash", "python", "sheet", "openpyxl", "libreoffice"],
};

/** A machine on which all work but `broken`. */
function machine(...broken: SandboxName[]) {
  return async (name: SandboxName): Promise<SandboxProbe> => {
    const capabilities = new Set(has[name] ?? []);
    return broken.includes(name)
      ? { name, capabilities, works: false, problem: "no such program", fix: "Install it." }
      : { name, capabilities, works: true, hints: [] };
  };
}

async function chosen(
  name: "auto" | SandboxName,
  needs: readonly Capability[],
  ...broken: SandboxName[]
): Promise<string> {
  const provider = await chooseSandbox(name, new Set(needs), { probe: machine(...broken) });
  await provider.close();
  return provider.name;
}

describe("auto", () => {
  test("is the lightest that has what the domain needs", async () => {
    expect(await chosen("auto", [])).toBe("embedded");
    expect(await chosen("auto", ["bash", "sheet", "python"])).toBe("embedded");
    expect(await chosen("auto", ["openpyxl"])).toBe("docker");
  });

  test("passes over one that does not work here", async () => {
    expect(await chosen("auto", ["bash"], "embedded")).toBe("bubblewrap");
    expect(await chosen("auto", ["bash"], "embedded", "bubblewrap")).toBe("docker");
  });

  test("is never the host, and says what is missing", async () => {
    const failing = chosen("auto", ["libreoffice"]);
    await expect(failing).rejects.toThrow(InputError);
    await expect(failing).rejects.toThrow(
      "sandbox: auto: embedded has no libreoffice; bubblewrap has no libreoffice; docker has no libreoffice. Install libreoffice for the system's programs in /usr (apt install libreoffice-calc)",
    );
  });
});

test("auto names every way to what is missing", async () => {
  await expect(chosen("auto", ["openpyxl"], "docker")).rejects.toThrow(
    "docker does not work here: no such program. Install openpyxl for the system's programs in /usr (apt install python3-openpyxl python3-pandas), or write `sandbox: host` where everything the model runs may be trusted. Or: Install it.",
  );
});

describe("one by name", () => {
  test("is that one", async () => {
    expect(await chosen("host", ["libreoffice"])).toBe("host");
    expect(await chosen("bubblewrap", ["bash"])).toBe("bubblewrap");
  });

  test("that does not work here is refused with the fix", async () => {
    await expect(chosen("bubblewrap", [], "bubblewrap")).rejects.toThrow(
      "sandbox: bubblewrap: bubblewrap does not work here: no such program. Install it.",
    );
  });

  test("that lacks something is refused", async () => {
    await expect(chosen("embedded", ["openpyxl"])).rejects.toThrow("embedded has no openpyxl");
  });
});

import type { Sandbox } from "../../../harness/contracts/index.ts";

/** A sandbox that only holds files; it runs nothing. */
export function fileSandbox(files: Readonly<Record<string, Uint8Array>> = {}): Sandbox {
  const held = new Map(Object.entries(files));
  return {
    exec: async () => {
      throw new Error("this sandbox runs nothing");
    },
    read: async (path) => held.get(path),
    write: async (path, data) => {
      held.set(path, typeof data === "string" ? new TextEncoder().encode(data) : data);
    },
    list: async () => [...held.keys()].sort(),
    close: async () => {},
  };
}

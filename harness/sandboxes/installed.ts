import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Capability } from "../contracts/index.ts";

/** What sandboxes that show the system's own programs can do, going by the files that are there. */
export function installedCapabilities(): ReadonlySet<Capability> {
  const has = new Set<Capability>(["bash", "sheet"]);
  if (["/usr/bin/python3", "/usr/local/bin/python3"].some(existsSync)) {
    has.add("python");
    if (pythonPackages().some((directory) => existsSync(join(directory, "openpyxl"))))
      has.add("openpyxl");
  }
  if (["/usr/bin/soffice", "/usr/bin/libreoffice"].some(existsSync)) has.add("libreoffice");
  return has;
}

function pythonPackages(): readonly string[] {
  const versions = ["/usr/lib", "/usr/lib64", "/usr/local/lib"].flatMap((directory) =>
    existsSync(directory)
      ? readdirSync(directory)
          .filter((name) => name.startsWith("python3"))
          .map((name) => join(directory, name))
      : [],
  );
  return versions.flatMap((path) => [join(path, "dist-packages"), join(path, "site-packages")]);
}

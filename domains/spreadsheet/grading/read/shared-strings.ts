import { namespaces, scannerOf } from "./parts.ts";
import { readRichText } from "./rich-text.ts";
import type { ZipArchive } from "./zip.ts";

/**
 * The strings that cells share. `x005F_` is deleted from each, as openpyxl does; other escapes such as
 * `_x000D_` stay as they are.
 */
export function readSharedStrings(archive: ZipArchive, part: string): readonly string[] {
  const scanner = scannerOf(archive, part);
  const strings: string[] = [];
  for (let event = scanner.next(); event !== "done"; event = scanner.next()) {
    if (event !== "start" || scanner.local !== "si" || scanner.space !== namespaces.main) continue;
    strings.push(readRichText(scanner).replaceAll("x005F_", ""));
  }
  return strings;
}

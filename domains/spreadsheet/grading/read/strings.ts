import { namespaces, readXml, type XmlElement } from "./xml.ts";
import type { ZipArchive } from "./zip.ts";

/**
 * The text of a shared or inline string: the plain text first, then the runs; phonetic hints are left
 * out, white space is kept. Levels count from the string's own children, which have level 1.
 */
export class RichText {
  #plain = "";
  #runs = "";
  #run = "";
  #isRun = false;

  open({ local }: XmlElement, level: number): void {
    if (level !== 1) return;
    this.#isRun = local === "r";
    this.#run = "";
  }

  close({ local }: XmlElement, level: number, text: string): void {
    if (level === 1 && local === "t") this.#plain = text;
    if (level === 1 && local === "r") this.#runs += this.#run;
    if (level === 2 && local === "t" && this.#isRun) this.#run = text;
  }

  text(): string {
    return this.#plain + this.#runs;
  }
}

/**
 * The strings that cells share. `x005F_` is deleted from each, as openpyxl does; other escapes such as
 * `_x000D_` stay as they are.
 */
export function readSharedStrings(archive: ZipArchive, part: string): readonly string[] {
  const strings: string[] = [];
  let open: { readonly rich: RichText; readonly depth: number } | undefined;
  readXml(archive, part, {
    open(element, depth) {
      if (open !== undefined) open.rich.open(element, depth - open.depth);
      else if (element.local === "si" && element.uri === namespaces.main)
        open = { rich: new RichText(), depth };
    },
    close(element, depth, text) {
      if (open === undefined) return;
      open.rich.close(element, depth - open.depth, text);
      if (depth > open.depth) return;
      strings.push(open.rich.text().replaceAll("x005F_", ""));
      open = undefined;
    },
  });
  return strings;
}

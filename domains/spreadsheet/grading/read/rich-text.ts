import type { XmlScanner } from "./xml.ts";

/**
 * The text of a shared or inline string, from its start to behind its end: the plain text first, then
 * the runs; phonetic hints are left out. White space is kept.
 */
export function readRichText(scanner: XmlScanner): string {
  const inside = scanner.depth;
  let plain = "";
  let runs = "";
  for (;;) {
    const event = scanner.next();
    if (event === "end" && scanner.depth < inside) return plain + runs;
    if (event !== "start") continue;
    if (scanner.local === "t") {
      scanner.readContent();
      plain = scanner.contentText();
    } else if (scanner.local === "r") runs += readRun(scanner);
    else scanner.skip();
  }
}

function readRun(scanner: XmlScanner): string {
  const inside = scanner.depth;
  let text = "";
  for (;;) {
    const event = scanner.next();
    if (event === "end" && scanner.depth < inside) return text;
    if (event !== "start") continue;
    if (scanner.local === "t") {
      scanner.readContent();
      text = scanner.contentText();
    } else scanner.skip();
  }
}

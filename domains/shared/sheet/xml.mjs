/** XML in and out. */

import { createRequire } from "node:module";

const { SaxesParser } = createRequire(import.meta.url)("saxes");

/**
 * Reads a document; calls back with local names: `open(name, attributes, at)`, `close(name, at)` and
 * `text(text)`, where `at()` gives the offsets `start` and `end` of the tag, whether it is `empty`,
 * and its `prefix`. An empty element is closed at its only tag.
 *
 * @throws {Error} where it is not well-formed.
 */
export function readXml(xml, { open, close, text }) {
  const parser = new SaxesParser();
  let tag;
  const at = () => {
    const end = parser.position;
    let start = end - 1;
    // No "<" stands inside a tag, so the last one before its end is its start.
    while (start > 0 && xml.charCodeAt(start) !== 60) start--;
    const prefix = tag.name.slice(0, tag.name.indexOf(":") + 1);
    return { start, end, empty: tag.isSelfClosing, prefix };
  };
  const tell = (listen) => (found) => {
    tag = found;
    const { name, attributes } = found;
    listen(name.includes(":") ? name.slice(name.indexOf(":") + 1) : name, attributes, at);
  };
  if (open) parser.on("opentag", tell(open));
  if (close)
    parser.on(
      "closetag",
      tell((name, _, place) => close(name, place)),
    );
  if (text) for (const event of ["text", "cdata"]) parser.on(event, text);
  parser.write(xml).close();
}

/** Text as workbooks mean it: their `_xHHHH_` is a character. */
export function meant(text) {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

/** Text of an element or an attribute as a workbook holds it. */
export function stored(text) {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those that XML cannot hold
      /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
    );
}

/** A text with pieces of it replaced: `{ start, end, by }`, in their order. */
export function spliced(text, pieces) {
  const out = [];
  let at = 0;
  for (const { start, end, by } of pieces) {
    out.push(text.slice(at, start), by);
    at = end;
  }
  return out.join("") + text.slice(at);
}

/** The styles part: number formats, and how cells point to them. */

import { isDateFormat } from "./number-kinds.mjs";
import { attribute, encodeText } from "./xml-text.mjs";

/** One style of cells, without a format of its own. */
export const emptyStyles = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** @typedef {{ id: number, code: string | undefined, date: boolean }} NumberFormat */

const numFmt = /<numFmt\b((?:[^>"']|"[^"]*"|'[^']*')*?)\/?>/g;

/** The formats that styles of cells call by number; those of conditional formats stand elsewhere. @param {string} xml */
function ownFormats(xml) {
  return /<numFmts\b[^>]*>([\s\S]*?)<\/numFmts>/.exec(xml)?.[1] ?? "";
}

/**
 * The number format of every style of cells, in their order.
 *
 * @param {string} xml
 * @returns {NumberFormat[]}
 */
export function formatsIn(xml) {
  const codes = new Map();
  for (const [, tag = ""] of ownFormats(xml).matchAll(numFmt))
    codes.set(Number(attribute(tag, "numFmtId")), attribute(tag, "formatCode") ?? "General");
  const block = /<cellXfs\b[^>]*>([\s\S]*?)<\/cellXfs>/.exec(xml)?.[1] ?? "";
  return [...block.matchAll(/<xf\b((?:[^>"']|"[^"]*"|'[^']*')*?)\/?>/g)].map(([, tag = ""]) => {
    const id = Number(attribute(tag, "numFmtId") ?? 0);
    const code = codes.get(id);
    return { id, code, date: isDateFormat(id, code) };
  });
}

/**
 * Adds a style that differs from another in its number format alone, where there is none yet.
 *
 * @param {string} styles the part
 * @param {number} style the other
 * @param {string} code
 * @returns {{ xml: string, index: number }} the part, and the number of the style in it
 */
export function withFormat(styles, style, code) {
  let xml = styles;
  const ids = [...ownFormats(xml).matchAll(numFmt)].map(([, tag = ""]) => ({
    id: Number(attribute(tag, "numFmtId")),
    code: attribute(tag, "formatCode"),
  }));
  let id = ids.find((known) => known.code === code)?.id;
  if (id === undefined) {
    id = Math.max(163, ...ids.map((known) => known.id)) + 1;
    const added = `<numFmt numFmtId="${id}" formatCode="${encodeText(code)}"/>`;
    if (/<numFmts\b[^>]*[^/]>/.test(xml))
      xml = xml.replace(/<numFmts\b[^>]*>/, () => `<numFmts count="${ids.length + 1}">${added}`);
    else
      xml = xml
        .replace(/<numFmts\b[^>]*\/>/, "")
        .replace(/<styleSheet\b[^>]*>/, (tag) => `${tag}<numFmts count="1">${added}</numFmts>`);
  }
  const block = /<cellXfs\b[^>]*>([\s\S]*?)<\/cellXfs>/.exec(xml);
  const xfs = xfsIn(block?.[1] ?? "");
  const base = xfs[style] ?? xfs[0] ?? "<xf/>";
  const made = base.replace(
    /^<xf\b((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>/,
    (_, tag, slash) =>
      `<xf numFmtId="${id}"${tag.replace(/\s(numFmtId|applyNumberFormat)\s*=\s*(?:"[^"]*"|'[^']*')/g, "")} applyNumberFormat="1"${slash}>`,
  );
  let index = xfs.indexOf(made);
  if (index < 0) {
    index = xfs.length;
    const cells = `<cellXfs count="${xfs.length + 1}">${xfs.join("")}${made}</cellXfs>`;
    xml = block
      ? xml.slice(0, block.index) + cells + xml.slice(block.index + block[0].length)
      : xml.replace("</styleSheet>", () => `${cells}</styleSheet>`);
  }
  return { xml, index };
}

/** @param {string} block @returns {string[]} the elements, each whole */
function xfsIn(block) {
  return block.match(/<xf\b(?:[^>"']|"[^"]*"|'[^']*')*?(?:\/>|>[\s\S]*?<\/xf>)/g) ?? [];
}

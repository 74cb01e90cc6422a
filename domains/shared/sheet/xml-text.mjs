/** XML as spreadsheet programs write it: text in and out, attributes, and one shape whatever the producer's habits. */

const named = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/**
 * Text as it is meant: references resolved, and the `_xHHHH_` of spreadsheets.
 *
 * @param {string} raw
 * @returns {string}
 */
export function decodeText(raw) {
  let text = raw;
  if (text.includes("\r")) text = text.replace(/\r\n?/g, "\n");
  if (text.includes("&"))
    text = text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/g, reference);
  if (text.includes("_x"))
    text = text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return text;
}

/**
 * @param {string} whole
 * @param {string | undefined} hex
 * @param {string | undefined} decimal
 * @param {string | undefined} name
 */
function reference(whole, hex, decimal, name) {
  if (name !== undefined) return named[/** @type {keyof typeof named} */ (name)];
  const code = hex !== undefined ? parseInt(hex, 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** @param {string} text as text of an element or the value of an attribute */
export function encodeText(text) {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    .replace(
      /[&<>"]/g,
      (sign) => `&${sign === "&" ? "amp" : sign === "<" ? "lt" : sign === ">" ? "gt" : "quot"};`,
    )
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those that XML cannot hold
      /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
    );
}

/**
 * @param {string} tag the inside of a start tag
 * @param {string} name
 * @returns {string | undefined}
 */
export function attribute(tag, name) {
  const match = attributePattern(name).exec(tag);
  if (match === null) return undefined;
  const value = match[1] ?? match[2] ?? "";
  return value.includes("&") ? decodeText(value) : value;
}

/** @type {Map<string, RegExp>} */
const patterns = new Map();

/** @param {string} name */
function attributePattern(name) {
  let pattern = patterns.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    patterns.set(name, pattern);
  }
  return pattern;
}

/**
 * The same document without comments, with character data as escaped text, and with no prefix on the
 * names of the root's own vocabulary.
 *
 * @param {string} xml
 * @param {string} root the local name of its root element
 */
export function plainXml(xml, root) {
  let text = xml.charCodeAt(0) === 0xfeff ? xml.slice(1) : xml;
  if (text.includes("<!--")) text = text.replace(/<!--[\s\S]*?-->/g, "");
  if (text.includes("<![CDATA["))
    text = text.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, inner) => encodeText(inner));
  const prefix = new RegExp(`<([A-Za-z_][\\w.-]*):${root}[\\s>]`).exec(text.slice(0, 5000))?.[1];
  if (prefix === undefined) return text;
  return text
    .replace(new RegExp(`xmlns:${prefix}=`), "xmlns=")
    .replace(new RegExp(`(</?)${prefix}:`, "g"), "$1");
}

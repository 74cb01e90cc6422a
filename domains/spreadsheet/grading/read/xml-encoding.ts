import { isUtf8 } from "node:buffer";

/** U+FFFE and U+FFFF in UTF-8. */
const lastCodes = [Buffer.from([0xef, 0xbf, 0xbe]), Buffer.from([0xef, 0xbf, 0xbf])] as const;

/** Ends the reading; says where it was. */
type Refuse = (problem: string) => never;

/** The bytes of a part in UTF-8 without a byte order mark, from any encoding that is declared. */
export function inUtf8(bytes: Buffer, refuse: Refuse): Buffer {
  const text = decodedText(bytes, refuse);
  if (lastCodes.some((code) => text.includes(code))) refuse("a character that XML does not allow");
  return text;
}

function decodedText(bytes: Buffer, refuse: Refuse): Buffer {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded(bytes, "utf-16le", refuse);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decoded(bytes, "utf-16be", refuse);
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = mark ? bytes.subarray(3) : bytes;
  const start = text.toString("latin1", 0, 400);
  if (!/^<\?xml\s/.test(start)) return isUtf8(text) ? text : refuse("bytes that are not UTF-8");
  const found = declaration.exec(start);
  if (found === null) refuse("its XML declaration is wrong");
  const label = (found[2] ?? "utf-8").toLowerCase();
  if (/^(?:latin-?1|iso-?8859-1|l1)$/.test(label) && !mark)
    return Buffer.from(text.toString("latin1"));
  if (!mark && !["utf-8", "utf8", "us-ascii"].includes(label)) return decoded(bytes, label, refuse);
  return isUtf8(text) ? text : refuse("bytes that are not UTF-8");
}

const declaration =
  /^<\?xml\s+version\s*=\s*(["'])[\w.:-]+\1(?:\s+encoding\s*=\s*["']([A-Za-z][\w.-]*)["'])?(?:\s+standalone\s*=\s*["'](?:yes|no)["'])?\s*\?>/;

function decoded(bytes: Buffer, label: string, refuse: Refuse): Buffer {
  try {
    return Buffer.from(new TextDecoder(label, { fatal: true }).decode(bytes));
  } catch {
    return refuse(`it cannot be read as ${label.slice(0, 40)}`);
  }
}

import { SaxesParser, type SaxesTagNS } from "saxes";
import { unreadable } from "./fault.ts";
import type { ZipArchive } from "./zip.ts";

/** An element, with its namespace as `uri` and its name without a prefix as `local`. */
export type XmlElement = SaxesTagNS;

/** Namespaces of the parts of a workbook file. */
export const namespaces = {
  main: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
  relations: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
} as const;

/** What is done with the elements of a part. The root has depth 1. */
export interface XmlHandler {
  open?(element: XmlElement, depth: number): void;
  /** @param text what stands in the element before its first child. */
  close?(element: XmlElement, depth: number, text: string): void;
}

/** More than any workbook has; looking up a namespace takes time that grows with the depth. */
const deepest = 256;

/**
 * Reads the XML of a part piece by piece, without building a tree, and refuses what is not
 * well-formed, since a parser that openpyxl uses would refuse the whole file.
 *
 * Document types are refused: no workbook has one, and their entities can be bombs.
 */
export class XmlReader {
  /** Whether the last piece ended with the end of a tag. */
  behindTag = false;
  readonly #parser = new SaxesParser({
    ...{ xmlns: true, position: false },
    ...{ defaultXMLVersion: "1.0", forceXMLVersion: true },
  });

  /** @param part what it is called in messages. */
  constructor(part: string, handler: XmlHandler) {
    const refuse = (problem: string) =>
      unreadable(`${part} is not well-formed XML: ${problem.replace(/\.$/, "")}`);
    const texts: string[] = [];
    let isBeforeChild = false;
    this.#parser.on("error", ({ message }) => refuse(message));
    this.#parser.on("doctype", () => refuse("a document type, which no workbook has"));
    this.#parser.on("opentag", (element) => {
      if (texts.push("") > deepest) refuse(`elements nested more than ${deepest} deep`);
      this.behindTag = true;
      isBeforeChild = true;
      handler.open?.(element, texts.length);
    });
    this.#parser.on("closetag", (element) => {
      const text = texts.pop() ?? "";
      this.behindTag = true;
      isBeforeChild = false;
      handler.close?.(element, texts.length + 1, text);
    });
    if (handler.close === undefined) return;
    const add = (text: string) => {
      if (isBeforeChild) texts[texts.length - 1] += text;
    };
    this.#parser.on("text", add);
    this.#parser.on("cdata", add);
  }

  /** @throws {WorkbookFault} where it is not well-formed. */
  write(piece: string): void {
    this.behindTag = false;
    this.#parser.write(piece);
  }

  /** @throws {WorkbookFault} where the part ends too early. */
  end(): void {
    this.#parser.close();
  }
}

/**
 * Reads a part from its start to its end.
 *
 * @throws {WorkbookFault} when the part is missing, damaged or not well-formed.
 */
export function readXml(archive: ZipArchive, part: string, handler: XmlHandler = {}): void {
  const reader = new XmlReader(part, handler);
  reader.write(partText(archive, part));
  reader.end();
}

/**
 * The text of a part, from any encoding that it declares.
 *
 * @throws {WorkbookFault} when the part is missing, damaged or not in that encoding.
 */
export function partText(archive: ZipArchive, part: string): string {
  const bytes = archive.read(part);
  const label = encodingOf(bytes);
  // A decoder of the platform takes both names for Windows' code page 1252.
  if (/^(?:latin-?1|iso-?8859-1|l1)$/.test(label)) return bytes.toString("latin1");
  try {
    return new TextDecoder(label === "us-ascii" ? "utf-8" : label, { fatal: true }).decode(bytes);
  } catch {
    return unreadable(`${part} cannot be read as ${label.slice(0, 40)}`);
  }
}

function encodingOf(bytes: Buffer): string {
  const mark = bytes.readUIntBE(0, Math.min(3, bytes.length));
  if (mark === 0xefbbbf) return "utf-8";
  if (mark >>> 8 === 0xfffe) return "utf-16le";
  if (mark >>> 8 === 0xfeff) return "utf-16be";
  const declared = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/;
  return declared.exec(bytes.toString("latin1", 0, 400))?.[1]?.toLowerCase() ?? "utf-8";
}

/** Value of an attribute without a namespace. */
export function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes[name]?.value;
}

/** Value of the attribute `id` that links an element to another part. */
export function linkId(element: XmlElement): string | undefined {
  const all = Object.values(element.attributes);
  return all.find(({ uri, local }) => local === "id" && uri === namespaces.relations)?.value;
}

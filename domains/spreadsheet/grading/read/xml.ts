import { unreadable } from "./fault.ts";
import { inUtf8 } from "./xml-encoding.ts";
import { resolved } from "./xml-entities.ts";
import { type XmlName, XmlNames } from "./xml-names.ts";

/** What a scanner stands at. */
export type XmlEvent = "start" | "end" | "text" | "done";

interface Declaration {
  readonly depth: number;
  readonly prefix: string;
  readonly before: string | undefined;
}

const [tab, lineFeed, carriageReturn, space] = [0x09, 0x0a, 0x0d, 0x20];
const [exclamation, quote, ampersand, apostrophe] = [0x21, 0x22, 0x26, 0x27];
const [slash, less, equals, greater, question] = [0x2f, 0x3c, 0x3d, 0x3e, 0x3f];
const closingBracket = 0x5d;
const deepest = 1000;
const xmlSpace = "http://www.w3.org/XML/1998/namespace";
const xmlnsSpace = "http://www.w3.org/2000/xmlns/";

/**
 * Reads the XML of a workbook part in one pass over its bytes, without building a tree, and refuses
 * what is not well-formed, since a parser that openpyxl uses would refuse the whole file.
 *
 * Text is given as places in the bytes, so that the millions of cells nobody asks for cost no string.
 * Document types are refused: no workbook has one, and their entities can be bombs.
 */
export class XmlScanner {
  readonly bytes: Buffer;
  /** Local name and namespace of the element that starts or ends here. */
  local = "";
  space = "";
  /** How many elements are open; at a start the new one counts, at an end it does not. */
  depth = 0;
  /** Where the text is that stands here, or that `readContent` has read. */
  textStart = 0;
  textEnd = 0;
  /** The text itself, where it is not simply those bytes. */
  text: string | undefined;
  attributeCount = 0;

  #at = 0;
  #selfClosing = false;
  #rootSeen = false;
  readonly #part: string;
  readonly #open: XmlName[] = [];
  readonly #names: XmlNames;
  readonly #attributeNames: XmlName[] = [];
  readonly #attributeStarts: number[] = [];
  readonly #attributeEnds: number[] = [];
  readonly #spaces = new Map<string, string>([["xml", xmlSpace]]);
  readonly #declarations: Declaration[] = [];
  #version = 1;

  /**
   * @param part what it is called in messages.
   * @throws {WorkbookFault} when it is in no encoding that can be read.
   */
  constructor(bytes: Buffer, part: string) {
    this.#part = part;
    this.bytes = inUtf8(bytes, (problem) => this.#refuse(problem));
    this.#names = new XmlNames(this.bytes, (problem) => this.#refuse(problem));
  }

  /** Goes on to the next event. */
  next(): XmlEvent {
    if (this.#selfClosing) {
      this.#selfClosing = false;
      return this.#ended();
    }
    const { bytes } = this;
    for (;;) {
      if (this.#at >= bytes.length) {
        if (this.depth > 0 || !this.#rootSeen) this.#refuse("it ends too early");
        return "done";
      }
      if (bytes[this.#at] !== less) {
        if (this.#readText()) return "text";
        continue;
      }
      switch (bytes[this.#at + 1]) {
        case slash:
          return this.#readEndTag();
        case exclamation:
          if (this.#readMarkup()) return "text";
          break;
        case question:
          this.#readInstruction();
          break;
        default:
          return this.#readStartTag();
      }
    }
  }

  /** From the start of an element to behind its end: leaves its text before its first child. */
  readContent(): void {
    const inside = this.depth;
    let [start, end, pieces] = [this.#at, this.#at, 0];
    let joined = "";
    let before = true;
    for (;;) {
      const event = this.next();
      if (event === "end" && this.depth < inside) break;
      if (event === "start") before = false;
      if (event !== "text" || !before) continue;
      if (pieces++ === 0) {
        [start, end] = [this.textStart, this.textEnd];
        if (this.text !== undefined) joined = this.text;
        else continue;
      } else {
        if (joined === "") joined = this.bytes.toString("utf8", start, end);
        joined += this.text ?? this.bytes.toString("utf8", this.textStart, this.textEnd);
      }
    }
    [this.textStart, this.textEnd] = [start, end];
    this.text = joined === "" ? undefined : joined;
  }

  /** What `readContent` has read, as a string. */
  contentText(): string {
    return this.text ?? this.bytes.toString("utf8", this.textStart, this.textEnd);
  }

  /** From the start of an element to behind its end. */
  skip(): void {
    const inside = this.depth;
    while (!(this.next() === "end" && this.depth < inside));
  }

  /** Value of an attribute without a namespace, of the element that starts here. */
  attribute(local: string): string | undefined {
    const at = this.attributeAt(local);
    return at < 0 ? undefined : this.#attributeValue(at);
  }

  /** Value of an attribute with a namespace. */
  attributeOf(space: string, local: string): string | undefined {
    for (let at = 0; at < this.attributeCount; at++) {
      const name = this.#attributeNames[at];
      if (name === undefined || name.prefix === "" || name.local !== local) continue;
      if (this.#spaces.get(name.prefix) === space) return this.#attributeValue(at);
    }
    return undefined;
  }

  /** Number of an attribute without a namespace, or -1. */
  attributeAt(local: string): number {
    for (let at = 0; at < this.attributeCount; at++) {
      const name = this.#attributeNames[at];
      if (name !== undefined && name.local === local && name.prefix === "") return at;
    }
    return -1;
  }

  /** How many attributes have no namespace. */
  plainAttributeCount(): number {
    let count = 0;
    for (let at = 0; at < this.attributeCount; at++)
      if (this.#attributeNames[at]?.prefix === "") count++;
    return count;
  }

  attributeStart(at: number): number {
    return this.#attributeStarts[at] ?? 0;
  }

  attributeEnd(at: number): number {
    return this.#attributeEnds[at] ?? 0;
  }

  #attributeValue(at: number): string {
    const raw = this.bytes.toString("utf8", this.attributeStart(at), this.attributeEnd(at));
    return raw.includes("&") || /[\t\n\r]/.test(raw)
      ? this.#resolved(raw.replace(/\r\n|[\t\n\r]/g, " "))
      : raw;
  }

  /** @returns false for white space outside the root. */
  #readText(): boolean {
    const { bytes } = this;
    const start = this.#at;
    let at = start;
    let plain = true;
    for (; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === less) break;
      if (byte === ampersand || byte === carriageReturn) plain = false;
      else if (byte < space) {
        if (byte !== lineFeed && byte !== tab) this.#refuse("a character that XML does not allow");
      } else if (byte === greater && bytes[at - 1] === closingBracket && at - 2 >= start) {
        if (bytes[at - 2] === closingBracket) this.#refuse("]]> in a text");
      }
    }
    this.#at = at;
    if (this.depth === 0) {
      if (!/^[\t\n\r ]*$/.test(bytes.toString("utf8", start, at)))
        this.#refuse("text outside the root");
      return false;
    }
    this.#textIs(start, at, plain);
    return true;
  }

  #textIs(start: number, end: number, plain: boolean): void {
    this.textStart = start;
    this.textEnd = end;
    this.text = plain
      ? undefined
      : this.#resolved(this.bytes.toString("utf8", start, end).replace(/\r\n?/g, "\n"));
  }

  #readEndTag(): XmlEvent {
    const { bytes } = this;
    const name = this.#open[this.depth - 1];
    const start = this.#at + 2;
    if (name === undefined) this.#refuse("an end tag without a start tag");
    const { length } = name.bytes;
    for (let at = 0; at < length; at++)
      if (bytes[start + at] !== name.bytes[at]) this.#refuse("an end tag of another element");
    let at = start + length;
    while (isSpace(bytes[at])) at++;
    if (bytes[at] !== greater) this.#refuse("an end tag of another element");
    this.#at = at + 1;
    return this.#ended();
  }

  #ended(): XmlEvent {
    this.depth--;
    const name = this.#open[this.depth];
    if (name === undefined) this.#refuse("an end tag without a start tag");
    this.#nameIs(name);
    let last = this.#declarations.at(-1);
    while (last !== undefined && last.depth > this.depth) {
      this.#declarations.pop();
      if (last.before === undefined) this.#spaces.delete(last.prefix);
      else this.#spaces.set(last.prefix, last.before);
      this.#version++;
      last = this.#declarations.at(-1);
    }
    return "end";
  }

  #readStartTag(): XmlEvent {
    const { bytes } = this;
    if (this.depth === 0 && this.#rootSeen) this.#refuse("a second root");
    if (this.depth >= deepest) this.#refuse(`elements nested more than ${deepest} deep`);
    this.#rootSeen = true;
    const name = this.#readName(this.#at + 1);
    this.#open[this.depth++] = name;
    this.attributeCount = 0;
    let declares = false;
    for (;;) {
      let at = this.#at;
      const before = at;
      while (isSpace(bytes[at])) at++;
      const byte = bytes[at];
      if (byte === greater) {
        this.#at = at + 1;
        break;
      }
      if (byte === slash) {
        if (bytes[at + 1] !== greater) this.#refuse("a / inside a tag");
        this.#at = at + 2;
        this.#selfClosing = true;
        break;
      }
      if (at === before) this.#refuse("no space between attributes");
      if (this.#readAttribute(at)) declares = true;
    }
    if (declares) this.#declare();
    this.#checkAttributes();
    this.#nameIs(name);
    return "start";
  }

  /** @returns whether it declares a namespace. */
  #readAttribute(from: number): boolean {
    const { bytes } = this;
    const name = this.#readName(from);
    let at = this.#at;
    while (isSpace(bytes[at])) at++;
    if (bytes[at] !== equals) this.#refuse("an attribute without a value");
    at++;
    while (isSpace(bytes[at])) at++;
    const mark = bytes[at];
    if (mark !== quote && mark !== apostrophe) this.#refuse("an attribute without quotes");
    const start = ++at;
    for (; ; at++) {
      const byte = bytes[at];
      if (byte === undefined) this.#refuse("it ends too early");
      if (byte === mark) break;
      if (byte === less) this.#refuse("a < in an attribute");
      if (byte < space && byte !== tab && byte !== lineFeed && byte !== carriageReturn)
        this.#refuse("a character that XML does not allow");
    }
    this.#attributeNames[this.attributeCount] = name;
    this.#attributeStarts[this.attributeCount] = start;
    this.#attributeEnds[this.attributeCount++] = at;
    this.#at = at + 1;
    return name.prefix === "xmlns" || (name.prefix === "" && name.local === "xmlns");
  }

  #declare(): void {
    let count = 0;
    for (let at = 0; at < this.attributeCount; at++) {
      const name = this.#attributeNames[at];
      if (name === undefined) continue;
      const plain = name.prefix === "" && name.local === "xmlns";
      if (!plain && name.prefix !== "xmlns") {
        this.#attributeNames[count] = name;
        this.#attributeStarts[count] = this.attributeStart(at);
        this.#attributeEnds[count++] = this.attributeEnd(at);
        continue;
      }
      const prefix = plain ? "" : name.local;
      const value = this.#attributeValue(at);
      const reserved = prefix === "xmlns" || value === xmlnsSpace;
      if (reserved || (prefix === "xml") !== (value === xmlSpace) || (!plain && value === ""))
        this.#refuse(`a namespace declaration that XML does not allow: ${prefix}`);
      const { depth } = this;
      this.#declarations.push({ depth, prefix, before: this.#spaces.get(prefix) });
      this.#spaces.set(prefix, value);
      this.#version++;
    }
    this.attributeCount = count;
  }

  #checkAttributes(): void {
    const count = this.attributeCount;
    if (count > 24) {
      const seen = new Set(this.#attributeNames.slice(0, count));
      if (seen.size < count) this.#refuse("an attribute twice");
    }
    for (let at = 0; at < count; at++) {
      const name = this.#attributeNames[at];
      if (name === undefined) continue;
      if (count <= 24)
        for (let other = 0; other < at; other++)
          if (this.#attributeNames[other] === name) this.#refuse("an attribute twice");
      if (name.prefix !== "" && !this.#spaces.has(name.prefix))
        this.#refuse(`an undeclared prefix: ${name.prefix}`);
    }
  }

  #nameIs(name: XmlName): void {
    if (name.version !== this.#version) {
      const found = this.#spaces.get(name.prefix);
      if (found === undefined && name.prefix !== "")
        this.#refuse(`an undeclared prefix: ${name.prefix}`);
      name.space = found ?? "";
      name.version = this.#version;
    }
    this.local = name.local;
    this.space = name.space;
  }

  #readName(start: number): XmlName {
    const name = this.#names.read(start);
    this.#at = this.#names.end;
    return name;
  }

  /** Comments and CDATA. @returns whether there is a text now. */
  #readMarkup(): boolean {
    const { bytes } = this;
    if (startsWith(bytes, this.#at, "<!--")) {
      const end = bytes.indexOf("--", this.#at + 4, "latin1");
      if (end < 0 || bytes[end + 2] !== greater) this.#refuse("a comment that does not end");
      this.#at = end + 3;
      return false;
    }
    if (!startsWith(bytes, this.#at, "<![CDATA[") || this.depth === 0)
      this.#refuse("a document type, which no workbook has");
    const start = this.#at + 9;
    const end = bytes.indexOf("]]>", start, "latin1");
    if (end < 0) this.#refuse("CDATA that does not end");
    this.#at = end + 3;
    this.#textIs(start, end, true);
    this.text = bytes.toString("utf8", start, end).replace(/\r\n?/g, "\n");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the ones XML does not allow.
    if (/[\x00-\x08\x0b\x0c\x0e-\x1f]/.test(this.text))
      this.#refuse("a character that XML does not allow");
    return this.text !== "";
  }

  #readInstruction(): void {
    const { bytes } = this;
    const end = bytes.indexOf("?>", this.#at + 2, "latin1");
    if (end < 0) this.#refuse("a processing instruction that does not end");
    const target = /^[^\s?]*/.exec(bytes.toString("utf8", this.#at + 2, end))?.[0] ?? "";
    if (target === "" || (target.toLowerCase() === "xml" && this.#at > 0))
      this.#refuse("an XML declaration that is not at the start");
    this.#at = end + 2;
  }

  #resolved(text: string): string {
    return resolved(text, (problem) => this.#refuse(problem));
  }

  #refuse(problem: string): never {
    return unreadable(`${this.#part} is not well-formed XML: ${problem} (byte ${this.#at})`);
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === space || byte === lineFeed || byte === carriageReturn || byte === tab;
}

function startsWith(bytes: Buffer, at: number, text: string): boolean {
  return bytes.toString("latin1", at, at + text.length) === text;
}

/** A workbook as its parts: sheets, strings and formats, each read when it is first needed. */

import { cellsIn } from "./cells.mjs";
import { edited } from "./edit.mjs";
import {
  contents,
  emptyBook,
  emptySheet,
  emptyStyles,
  packages,
  relations,
} from "./empty-book.mjs";
import { BookFault, SheetFault } from "./fault.mjs";
import { Parts } from "./parts.mjs";
import { formatOf } from "./values.mjs";
import { meant, readXml, stored } from "./xml.mjs";

/** Maybe a prefix, in front of the name of an element. */
const p = "((?:[\\w.-]+:)?)";
const relationsPartOf = (part) => part.replace(/([^/]*)$/, "_rels/$1.rels");

export class Workbook {
  #parts;
  #part = "xl/workbook.xml";
  /** What the workbook's part names: `{ id, type, target }`. */
  #relations = [];
  #strings;
  #formats;
  /** Whether serial numbers count from 1904. */
  from1904 = false;
  /** In the order of the tabs: `{ name, part, state }`. */
  sheets = [];

  /**
   * @param {Uint8Array | undefined} data none for a new one, without sheets
   * @throws {Error} when it is no workbook that can be read: a BookFault where the reason is known.
   */
  constructor(data) {
    this.#parts = new Parts(data && archiveIn(data));
    if (data === undefined)
      for (const [part, xml] of Object.entries(emptyBook)) this.#parts.put(part, xml);
    const root = this.#relationsOf("").find(({ type }) => type.endsWith("/officeDocument"));
    this.#part = root?.target ?? this.#part;
    if (this.#part.endsWith(".bin")) throw new BookFault("an .xlsb workbook; save it as .xlsx");
    if (!this.#parts.has(this.#part)) throw new BookFault("not an .xlsx workbook");
    this.#relations = this.#relationsOf(this.#part);
    if (data === undefined) this.#add("styles.xml", "styles", emptyStyles);
    readXml(this.#parts.text(this.#part), {
      open: (tag, { name = "", state = "visible", ...attributes }) => {
        if (tag === "workbookPr") this.from1904 = /^(1|true)$/.test(attributes["date1904"]);
        if (tag !== "sheet") return;
        const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1];
        const relation = this.#relations.find((known) => known.id === id);
        if (relation?.type.endsWith("/worksheet") && this.#parts.has(relation.target))
          this.sheets.push({ name, part: relation.target, state });
      },
    });
  }

  /** A sheet by its name; small and capital letters are told apart only where both are there. */
  sheet(name) {
    const isLike = (sheet) => sheet.name.toLowerCase() === name.toLowerCase();
    return this.sheets.find((sheet) => sheet.name === name) ?? this.sheets.find(isLike);
  }

  /** As `cellsIn` gives them. */
  cells({ part }) {
    return cellsIn(this, this.#parts.text(part));
  }

  /** As `edited` takes them. */
  edit({ part }, edits) {
    this.#change(part, (xml) => edited(this, xml, edits));
  }

  /** The strings that cells share. */
  get strings() {
    if (this.#strings !== undefined) return this.#strings;
    const strings = [];
    // Whether a text belongs to the string, or to the reading aids of East Asian text.
    let [isText, isAid] = [false, false];
    const part = this.#partOf("sharedStrings");
    readXml(part === undefined ? "<sst/>" : this.#parts.text(part), {
      open(name) {
        if (name === "si") strings.push("");
        isAid ||= name === "rPh";
        isText = name === "t" && !isAid;
      },
      text(text) {
        if (isText) strings[strings.length - 1] += text;
      },
      close(name) {
        isText = false;
        isAid &&= name !== "rPh";
      },
    });
    this.#strings = strings.map(meant);
    return this.#strings;
  }

  /** The number format of a style. */
  format(style) {
    this.#formats ??= this.#readFormats();
    return this.#formats[style] ?? this.#formats[0] ?? formatOf(0);
  }

  #readFormats() {
    const [codes, formats] = [new Map(), []];
    let inside;
    const part = this.#partOf("styles");
    readXml(part === undefined ? "<styleSheet/>" : this.#parts.text(part), {
      open(name, { numFmtId = "0", formatCode = "General" }) {
        // Conditional formats have number formats of their own.
        if (/^(numFmts|cellStyleXfs|cellXfs|dxfs)$/.test(name)) inside = name;
        else if (name === "numFmt" && inside === "numFmts") codes.set(numFmtId, formatCode);
        else if (name === "xf" && inside === "cellXfs")
          formats.push(formatOf(Number(numFmtId), codes.get(numFmtId)));
      },
    });
    return formats;
  }

  /** A style like another, that shows dates by a format: made where it is not there yet. */
  dateStyle(style, code) {
    const part = this.#partOf("styles") ?? this.#add("styles.xml", "styles", emptyStyles);
    const xml = this.#parts.text(part);
    const block = new RegExp(`<${p}cellXfs\\b[^>]*>([\\s\\S]*?)</\\1cellXfs>`).exec(xml);
    if (block === null) return style;
    const [whole, prefix, inner] = block;
    const xf = `<${prefix}xf\\b(?:[^>"']|"[^"]*"|'[^']*')*?(?:/>|>[\\s\\S]*?</${prefix}xf>)`;
    const styles = inner.match(new RegExp(xf, "g")) ?? [];
    const formats = new RegExp(`<${prefix}numFmts\\b[^>]*[^/]>`).exec(xml)?.[0];
    const ids = [...xml.matchAll(/numFmtId\s*=\s*["'](\d+)/g)].map(([, id]) => Number(id));
    const known = new RegExp(`numFmtId="(\\d+)" formatCode="${code}"`).exec(xml)?.[1];
    const id = known ?? Math.max(163, ...ids) + 1;
    const made = (styles[style] ?? styles[0] ?? `<${prefix}xf/>`)
      .replace(/\s(numFmtId|applyNumberFormat)\s*=\s*(?:"[^"]*"|'[^']*')/g, "")
      .replace(/^<[\w.:-]+/, (tag) => `${tag} numFmtId="${id}" applyNumberFormat="1"`);
    if (styles.includes(made)) return styles.indexOf(made);
    const cells = `<${prefix}cellXfs>${inner}${made}</${prefix}cellXfs>`;
    const format = `<${prefix}numFmt numFmtId="${id}" formatCode="${code}"/>`;
    const head = formats ?? new RegExp(`<${prefix}styleSheet\\b[^>]*>`).exec(xml)?.[0] ?? "";
    const list = formats
      ? `<${prefix}numFmts>${format}`
      : `${head}<${prefix}numFmts>${format}</${prefix}numFmts>`;
    const changed = xml.replace(whole, () => cells);
    this.#parts.put(part, known === undefined ? changed.replace(head, () => list) : changed);
    this.#formats = undefined;
    return styles.length;
  }

  /** Adds an empty sheet behind the others. */
  addSheet(name) {
    if (name === "" || name.length > 31 || /[\\/*?:[\]]|^'|'$/.test(name))
      throw new SheetFault(
        `not a name for a sheet: ${name} (1 to 31 characters, none of \\ / * ? : [ ])`,
      );
    const folder = this.#part.replace(/[^/]*$/, "");
    let number = 1;
    while (this.#parts.has(`${folder}worksheets/sheet${number}.xml`)) number++;
    const part = this.#add(`worksheets/sheet${number}.xml`, "worksheet", emptySheet);
    const { id } = this.#relations.at(-1);
    this.#change(this.#part, (xml) => {
      const ids = [...xml.matchAll(/\bsheetId\s*=\s*["'](\d+)/g)].map(([, known]) => Number(known));
      return xml.replace(new RegExp(`</${p}sheets>`), (end, prefix) => {
        const at = `sheetId="${Math.max(0, ...ids) + 1}" xmlns:r="${relations}" r:id="${id}"`;
        return `<${prefix}sheet name="${stored(name)}" ${at}/>${end}`;
      });
    });
    this.sheets.push({ name, part, state: "visible" });
    return this.sheets.at(-1);
  }

  /**
   * The file. The order of calculation is left for programs to find anew, as it may name cells that
   * hold no formula any more, and they are told to calculate when they open it.
   */
  bytes() {
    const chain = this.#partOf("calcChain");
    if (chain !== undefined) {
      this.#parts.delete(chain);
      const entry = new RegExp(`<${p}(?:Relationship|Override)\\b[^>]*calcChain[^>]*/>`, "gi");
      for (const list of [relationsPartOf(this.#part), "[Content_Types].xml"])
        this.#change(list, (xml) => xml.replace(entry, ""));
    }
    this.#change(this.#part, (xml) => {
      const bare = xml.replace(/\sfullCalcOnLoad\s*=\s*["'][^"']*["']/, "");
      const asked = bare.replace(new RegExp(`<${p}calcPr\\b`), '$& fullCalcOnLoad="1"');
      if (asked !== bare) return asked;
      // The schema fixes the order of elements; these are the ones that may stand before it.
      const before = ["definedNames", "externalReferences", "functionGroups", "sheets"];
      const ends = before.map((name) => new RegExp(`</${p}${name}>`));
      const last = ends.find((end) => end.test(bare)) ?? /$^/;
      return bare.replace(last, (end, prefix) => `${end}<${prefix}calcPr fullCalcOnLoad="1"/>`);
    });
    return this.#parts.bytes();
  }

  /** Makes a new part known to the workbook. @param {string} place below the workbook's folder */
  #add(place, kind, xml) {
    const part = this.#part.replace(/[^/]*$/, place);
    const numbers = this.#relations.map(({ id }) => Number(/^rId(\d+)$/.exec(id)?.[1] ?? 0));
    const [id, type] = [`rId${Math.max(0, ...numbers) + 1}`, `${relations}/${kind}`];
    this.#parts.put(part, xml);
    this.#relations.push({ id, type, target: part });
    const relation = `<Relationship xmlns="${packages}/relationships" Id="${id}" Type="${type}" Target="${place}"/>`;
    const override = `<Override xmlns="${packages}/content-types" PartName="/${part}" ContentType="${contents}.${kind}+xml"/>`;
    this.#change(relationsPartOf(this.#part), (list) => beforeEnd(list, relation));
    this.#change("[Content_Types].xml", (list) => beforeEnd(list, override));
    return part;
  }

  #partOf(kind) {
    return this.#relations.find(({ type }) => type.endsWith(`/${kind}`))?.target;
  }

  /** @param {string} source the part whose relations they are, empty for the package */
  #relationsOf(source) {
    const found = [];
    if (!this.#parts.has(relationsPartOf(source))) return found;
    readXml(this.#parts.text(relationsPartOf(source)), {
      open(name, { Id: id, Type: type = "", Target: target = "", TargetMode: mode }) {
        if (name !== "Relationship" || mode === "External") return;
        // Resolves "..", and takes a path from the root for what it is.
        const { pathname } = new URL(target.replaceAll("\\", "/"), `file:///${source}`);
        found.push({ id, type, target: decodeURIComponent(pathname.slice(1)) });
      },
    });
    return found;
  }

  #change(part, change) {
    this.#parts.put(part, change(this.#parts.text(part)));
  }
}

/** A document with an element added as the last of its root. */
function beforeEnd(xml, element) {
  return xml.replace(/<\/[^<]*$/, (end) => element + end);
}

/** Refuses a compound file of Microsoft's: an old workbook, or one with a password. */
function archiveIn(data) {
  if ([0xd0, 0xcf, 0x11, 0xe0].some((byte, at) => data[at] !== byte)) return data;
  const head = Buffer.from(data.buffer, data.byteOffset, Math.min(data.byteLength, 2 ** 20));
  const isEncrypted = head.includes(Buffer.from("EncryptedPackage", "utf16le"));
  throw new BookFault(
    isEncrypted
      ? "protected by a password; it cannot be opened"
      : "an old .xls workbook; save it as .xlsx",
  );
}

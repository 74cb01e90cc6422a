/** A workbook as its parts: sheets, names, strings and formats, each read when it is first needed. */

import {
  contentType,
  emptyPackage,
  emptySheet,
  packageType,
  relationType,
} from "./empty-package.mjs";
import { formatCode } from "./number-kinds.mjs";
import { beforeEnd, relationsIn, relationsPartOf } from "./relations.mjs";
import { BookError, SheetError } from "./sheet-error.mjs";
import { itemText } from "./sheet-xml.mjs";
import { emptyStyles, formatsIn, withFormat } from "./styles.mjs";
import { attribute, decodeText, encodeText, plainXml } from "./xml-text.mjs";
import { ZipArchive } from "./zip-archive.mjs";

/** What a compound file of Microsoft's begins with: an old workbook, or one with a password. */
const compound = [0xd0, 0xcf, 0x11, 0xe0];

/** @typedef {{ name: string, part: string, state: string, index: number }} SheetEntry `index` counts every tab, charts included */

export class Workbook {
  /** @type {ZipArchive} */
  #archive;
  #part = "xl/workbook.xml";
  #xml = "";
  /** @type {{ id: string, type: string, target: string }[]} */
  #relations = [];
  /** @type {string[] | undefined} raw items, decoded when asked for */
  #strings;
  /** @type {import("./styles.mjs").NumberFormat[] | undefined} */
  #formats;
  /** @type {Map<string, number>} styles made here, by what they were made of */
  #made = new Map();
  /** @type {Map<string, string>} texts of worksheets by part */
  #sheetTexts = new Map();
  /** @type {SheetEntry[]} */
  sheets = [];

  /**
   * @param {Uint8Array} data
   * @throws {BookError} when it is no workbook that can be read, with the reason.
   */
  constructor(data) {
    if (compound.every((byte, at) => data[at] === byte)) throw new BookError(compoundProblem(data));
    this.#archive = new ZipArchive(data);
    const root = relationsIn(this.#archive.text("_rels/.rels") ?? "", "");
    this.#part = root.find(({ type }) => type.endsWith("/officeDocument"))?.target ?? this.#part;
    if (this.#part.endsWith(".bin")) throw new BookError("an .xlsb workbook; save it as .xlsx");
    const xml = this.#archive.text(this.#part);
    if (xml === undefined) throw new BookError("not an .xlsx workbook");
    this.#xml = plainXml(xml, "workbook");
    this.#relations = relationsIn(this.#archive.text(this.#relationsPart()) ?? "", this.#part);
    const targets = new Map(this.#relations.map((relation) => [relation.id, relation]));
    const tags = [...this.#xml.matchAll(/<sheet\b((?:[^>"']|"[^"]*"|'[^']*')*)>/g)];
    tags.forEach(([, tag = ""], index) => {
      const relation = targets.get(attribute(tag, "(?:[\\w.-]+:)?id") ?? "");
      if (relation === undefined || !relation.type.endsWith("/worksheet")) return;
      if (!this.#archive.has(relation.target)) return;
      const name = attribute(tag, "name") ?? "";
      this.sheets.push({
        name,
        part: relation.target,
        state: attribute(tag, "state") ?? "visible",
        index,
      });
    });
  }

  /** A workbook of one empty sheet. @param {string} sheet its name */
  static empty(sheet) {
    return new Workbook(emptyPackage(sheet).bytes());
  }

  /** Whether serial numbers count from 1904. */
  get from1904() {
    const tag = /<workbookPr\b[^>]*>/.exec(this.#xml)?.[0] ?? "";
    return /^(1|true)$/.test(attribute(tag, "date1904") ?? "");
  }

  /** Defined names, those of one sheet with the number of its tab. @returns {{ name: string, scope: number | undefined, text: string }[]} */
  get names() {
    const found = [];
    for (const [, tag = "", text = ""] of this.#xml.matchAll(
      /<definedName\b((?:[^>"']|"[^"]*"|'[^']*')*)>([\s\S]*?)<\/definedName>/g,
    )) {
      const scope = attribute(tag, "localSheetId");
      const name = attribute(tag, "name") ?? "";
      found.push({
        name,
        scope: scope === undefined ? undefined : Number(scope),
        text: decodeText(text).trim(),
      });
    }
    return found;
  }

  /**
   * Tables, whose columns formulas may call by name.
   *
   * @returns {{ name: string, sheet: SheetEntry, range: string, columns: string[], headers: number, totals: number }[]}
   */
  get tables() {
    const found = [];
    for (const sheet of this.sheets) {
      const relations = relationsIn(
        this.#archive.text(relationsPartOf(sheet.part)) ?? "",
        sheet.part,
      );
      for (const { type, target } of relations) {
        if (!type.endsWith("/table")) continue;
        const xml = plainXml(this.#archive.text(target) ?? "", "table");
        const tag = /<table\b((?:[^>"']|"[^"]*"|'[^']*')*)>/.exec(xml)?.[1];
        if (tag === undefined) continue;
        const columns = [...xml.matchAll(/<tableColumn\b((?:[^>"']|"[^"]*"|'[^']*')*?)\/?>/g)].map(
          ([, column = ""]) => attribute(column, "name") ?? "",
        );
        found.push({
          name: attribute(tag, "displayName") ?? attribute(tag, "name") ?? "",
          sheet,
          range: attribute(tag, "ref") ?? "",
          columns,
          headers: Number(attribute(tag, "headerRowCount") ?? 1),
          totals: Number(attribute(tag, "totalsRowCount") ?? 0),
        });
      }
    }
    return found;
  }

  /** @param {SheetEntry} sheet */
  sheetText(sheet) {
    let text = this.#sheetTexts.get(sheet.part);
    if (text === undefined) {
      text = plainXml(this.#archive.text(sheet.part) ?? "", "worksheet");
      this.#sheetTexts.set(sheet.part, text);
    }
    return text;
  }

  /** @param {SheetEntry} sheet @param {string} text */
  setSheetText(sheet, text) {
    this.#sheetTexts.set(sheet.part, text);
    this.#archive.put(sheet.part, text);
  }

  /** @param {number} index of a shared string */
  sharedString(index) {
    if (this.#strings === undefined) {
      const part = this.#relations.find(({ type }) => type.endsWith("/sharedStrings"))?.target;
      const xml = part === undefined ? "" : plainXml(this.#archive.text(part) ?? "", "sst");
      this.#strings = [];
      for (const match of xml.matchAll(/<si\b[^>]*?(?:\/>|>([\s\S]*?)<\/si>)/g))
        this.#strings.push(match[1] ?? "");
    }
    return itemText(this.#strings[index] ?? "");
  }

  /** The number format of a style. @param {number} style */
  format(style) {
    const xfs = this.#readFormats();
    return xfs[style] ?? xfs[0] ?? { id: 0, code: undefined, date: false };
  }

  /** @param {number} style */
  formatCode(style) {
    const { id, code } = this.format(style);
    return formatCode(id, code);
  }

  /**
   * A style that differs from another in its number format alone.
   *
   * @param {number} style
   * @param {string} code
   * @returns {number}
   */
  styleWithFormat(style, code) {
    const known = this.#made.get(`${style} ${code}`);
    if (known !== undefined) return known;
    const part =
      this.#relations.find(({ type }) => type.endsWith("/styles"))?.target ?? this.#addStyles();
    const { xml, index } = withFormat(
      plainXml(this.#archive.text(part) ?? emptyStyles, "styleSheet"),
      style,
      code,
    );
    this.#archive.put(part, xml);
    this.#formats = undefined;
    this.#made.set(`${style} ${code}`, index);
    return index;
  }

  /**
   * Adds an empty sheet behind the others.
   *
   * @param {string} name
   * @returns {SheetEntry}
   */
  addSheet(name) {
    if (name === "" || name.length > 31 || /[\\/*?:[\]]/.test(name) || /^'|'$/.test(name))
      throw new SheetError(
        `not a name for a sheet: ${name} (1 to 31 characters, none of \\ / * ? : [ ])`,
      );
    let number = 1;
    const folder = this.#part.replace(/[^/]*$/, "");
    while (this.#archive.has(`${folder}worksheets/sheet${number}.xml`)) number++;
    const part = `${folder}worksheets/sheet${number}.xml`;
    this.#archive.put(part, emptySheet);
    const id = this.#addPart(part, "worksheet");
    const numbers = [...this.#xml.matchAll(/\bsheetId\s*=\s*["'](\d+)/g)].map(([, n]) => Number(n));
    const prefix = new RegExp(
      `xmlns:([\\w.-]+)\\s*=\\s*["'](?:${relationType}|http://purl.oclc.org/ooxml/officeDocument/relationships)["']`,
    ).exec(this.#xml)?.[1];
    const reference =
      prefix === undefined ? `xmlns:r="${relationType}" r:id="${id}"` : `${prefix}:id="${id}"`;
    const tag = `<sheet name="${encodeText(name)}" sheetId="${Math.max(0, ...numbers) + 1}" ${reference}/>`;
    this.#xml = /<sheets\b[^>]*\/>/.test(this.#xml)
      ? this.#xml.replace(/<sheets\b[^>]*\/>/, () => `<sheets>${tag}</sheets>`)
      : this.#xml.replace("</sheets>", () => `${tag}</sheets>`);
    this.#archive.put(this.#part, this.#xml);
    const index = [...this.#xml.matchAll(/<sheet\b/g)].length - 1;
    const sheet = { name, part, state: "visible", index };
    this.sheets.push(sheet);
    return sheet;
  }

  /**
   * The file. The order of calculation is left for programs to find anew, as it may name cells that
   * hold no formula any more, and they are told to calculate when they open it.
   */
  bytes() {
    const chain = this.#relations.find(({ type }) => type.endsWith("/calcChain"));
    if (chain !== undefined) {
      this.#archive.delete(chain.target);
      this.#relations = this.#relations.filter((relation) => relation !== chain);
      const part = this.#relationsPart();
      const text = this.#archive.text(part) ?? "";
      const tag = new RegExp(
        `<(?:\\w+:)?Relationship\\b(?=[^>]*\\bId=["']${escapePattern(chain.id)}["'])[^>]*?(?:/>|>\\s*</(?:\\w+:)?Relationship>)`,
      );
      this.#archive.put(part, text.replace(tag, ""));
      const types = this.#archive.text("[Content_Types].xml") ?? "";
      this.#archive.put(
        "[Content_Types].xml",
        types.replace(
          /<(?:\w+:)?Override\b(?=[^>]*calcChain)[^>]*?(?:\/>|>\s*<\/(?:\w+:)?Override>)/gi,
          "",
        ),
      );
    }
    this.#askForCalculation();
    return this.#archive.bytes();
  }

  #askForCalculation() {
    const tag = /<calcPr\b[^>]*>/.exec(this.#xml)?.[0];
    if (tag !== undefined && /\bfullCalcOnLoad\s*=\s*["'](1|true)/.test(tag)) return;
    if (tag !== undefined) {
      const bare = tag.replace(/\sfullCalcOnLoad\s*=\s*(?:"[^"]*"|'[^']*')/, "");
      this.#xml = this.#xml.replace(tag, bare.replace("<calcPr", '<calcPr fullCalcOnLoad="1"'));
    } else {
      // The schema fixes the order of elements; these are the ones that may stand before it.
      const before = ["</definedNames>", "</externalReferences>", "</functionGroups>", "</sheets>"];
      const last = before.find((end) => this.#xml.includes(end)) ?? "</sheets>";
      this.#xml = this.#xml.replace(last, `${last}<calcPr fullCalcOnLoad="1"/>`);
    }
    this.#archive.put(this.#part, this.#xml);
  }

  #readFormats() {
    if (this.#formats !== undefined) return this.#formats;
    const part = this.#relations.find(({ type }) => type.endsWith("/styles"))?.target;
    const xml = part === undefined ? "" : plainXml(this.#archive.text(part) ?? "", "styleSheet");
    this.#formats = formatsIn(xml);
    return this.#formats;
  }

  #addStyles() {
    const part = this.#part.replace(/[^/]*$/, "styles.xml");
    this.#archive.put(part, emptyStyles);
    this.#addPart(part, "styles");
    return part;
  }

  /**
   * Makes a new part known to the workbook.
   *
   * @param {string} part
   * @param {"worksheet" | "styles"} kind
   */
  #addPart(part, kind) {
    const numbers = this.#relations.map(({ id }) => Number(/^rId(\d+)$/.exec(id)?.[1] ?? 0));
    const id = `rId${Math.max(0, ...numbers) + 1}`;
    const place = part.slice(this.#part.lastIndexOf("/") + 1);
    const relations = this.#archive.text(this.#relationsPart()) ?? "";
    const added = `<Relationship xmlns="${packageType}/relationships" Id="${id}" Type="${relationType}/${kind}" Target="${place}"/>`;
    this.#archive.put(this.#relationsPart(), beforeEnd(relations, "Relationships", added));
    this.#relations.push({ id, type: `${relationType}/${kind}`, target: part });
    const types = this.#archive.text("[Content_Types].xml") ?? "";
    const override = `<Override xmlns="${packageType}/content-types" PartName="/${part}" ContentType="${contentType}.${kind}+xml"/>`;
    this.#archive.put("[Content_Types].xml", beforeEnd(types, "Types", override));
    return id;
  }

  #relationsPart() {
    return relationsPartOf(this.#part);
  }
}

/** @param {Uint8Array} data */
function compoundProblem(data) {
  const head = Buffer.from(data.buffer, data.byteOffset, Math.min(data.byteLength, 2 ** 20));
  const encrypted = head.includes(Buffer.from("EncryptedPackage", "utf16le"));
  return encrypted
    ? "protected by a password; it cannot be opened"
    : "an old .xls workbook; save it as .xlsx";
}

/** @param {string} text */
function escapePattern(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

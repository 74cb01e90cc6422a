import { crc32, deflateRawSync } from "node:zlib";

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const packageTypes = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** A workbook in raw XML, so that a test can say exactly what stands in the file. */
export interface RawWorkbook {
  /** XML of the rows by sheet name, or of the whole part where it starts with `<`+`worksheet`. */
  readonly sheets: Readonly<Record<string, string>>;
  /** XML of shared strings, `<si>` elements. */
  readonly strings?: string;
  /** Format codes; cell style 1 has the first of them, and so on. */
  readonly formats?: readonly string[];
  /** Attributes of `workbookPr`. */
  readonly properties?: string;
  /** Parts beside or instead of the usual ones; undefined leaves one out. */
  readonly parts?: Readonly<Record<string, string | Uint8Array | undefined>>;
}

/** The bytes of an xlsx file. */
export function rawWorkbook(workbook: RawWorkbook): Uint8Array {
  return zipped(Object.entries({ ...partsOf(workbook), ...workbook.parts }));
}

/** A workbook with the given cells on a sheet `S`; each is the XML of one `c`. */
export function rawCells(cells: readonly string[], more: Partial<RawWorkbook> = {}): Uint8Array {
  return rawWorkbook({ sheets: { S: `<row r="1">${cells.join("")}</row>` }, ...more });
}

function partsOf(workbook: RawWorkbook): Record<string, string> {
  const names = Object.keys(workbook.sheets);
  const parts: Record<string, string> = {
    "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${packageTypes}.sheet.main+xml"/>${workbook.strings === undefined ? "" : `<Override PartName="/xl/sharedStrings.xml" ContentType="${packageTypes}.sharedStrings+xml"/>`}</Types>`,
    "xl/workbook.xml": `<workbook ${main} ${relations}><workbookPr ${workbook.properties ?? ""}/><sheets>${names.map((name, n) => `<sheet name="${name}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${names.map((_, n) => `<Relationship Id="rId${n + 1}" Type="worksheet" Target="worksheets/sheet${n + 1}.xml"/>`).join("")}</Relationships>`,
    "xl/styles.xml": stylesOf(workbook.formats ?? []),
  };
  if (workbook.strings !== undefined)
    parts["xl/sharedStrings.xml"] = `<sst ${main}>${workbook.strings}</sst>`;
  for (const [n, rows] of Object.values(workbook.sheets).entries())
    parts[`xl/worksheets/sheet${n + 1}.xml`] = rows.startsWith("<worksheet")
      ? rows
      : `<worksheet ${main} ${relations}><sheetData>${rows}</sheetData></worksheet>`;
  return parts;
}

function stylesOf(formats: readonly string[]): string {
  const escaped = (code: string) =>
    code.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  const codes = formats.map(
    (code, n) => `<numFmt numFmtId="${164 + n}" formatCode="${escaped(code)}"/>`,
  );
  const styles = formats.map((_, n) => `<xf numFmtId="${164 + n}"/>`);
  return `<styleSheet ${main}><numFmts>${codes.join("")}</numFmts><cellXfs><xf numFmtId="0"/>${styles.join("")}</cellXfs></styleSheet>`;
}

/** A zip archive of some parts. @param announced sizes that the directory tells instead of the true ones. */
export function zipped(
  parts: readonly (readonly [name: string, content: string | Uint8Array | undefined])[],
  announced: Readonly<Record<string, number>> = {},
): Uint8Array {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    if (content === undefined) continue;
    const data = Buffer.from(content as Uint8Array);
    const packed = deflateRawSync(data);
    const label = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(announced[name] ?? data.length, 18);
    common.writeUInt16LE(label.length, 22);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), common, entry, label);
    const body = Buffer.concat([Buffer.from("PK\x03\x04"), common, label, packed]);
    bodies.push(body);
    offset += body.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(directory.length / 4, 8);
  end.writeUInt16LE(directory.length / 4, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, list, end]);
}

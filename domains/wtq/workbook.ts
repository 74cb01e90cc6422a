import { inflateRawSync } from "node:zlib";
import type { CellValue } from "exceljs";

/** Limits on a workbook that an agent left; an answer is a few cells. */
const limits = {
  bytes: 1 << 20,
  entries: 200,
  inflatedBytes: 8 << 20,
  items: 1000,
  itemLength: 10_000,
};

/**
 * A table as an .xlsx workbook: one sheet named `table`, every cell as text.
 *
 * @param rows the first is the header.
 */
export async function toWorkbook(rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  const { Workbook } = (await import("exceljs")).default;
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet("table");
  for (const row of rows) sheet.addRow([...row]);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/**
 * The texts in column A of the first sheet, top to bottom, without empty cells.
 *
 * The bytes are an agent's: anything may be in them.
 *
 * @returns the items, or why there are none to read.
 */
export async function firstColumn(
  bytes: Uint8Array,
): Promise<{ readonly items: readonly string[] } | { readonly problem: string }> {
  if (bytes.length > limits.bytes) return { problem: "the workbook is larger than 1 MiB" };
  if (!inflatesWithinLimits(bytes)) return { problem: "the file is no workbook, or a huge one" };
  try {
    const { Workbook } = (await import("exceljs")).default;
    const workbook = new Workbook();
    await workbook.xlsx.load(new Uint8Array(bytes).buffer);
    const sheet = workbook.worksheets[0];
    if (sheet === undefined) return { problem: "the workbook has no sheet" };
    const items: string[] = [];
    sheet.eachRow((row) => {
      const text = textOf(row.getCell(1).value).trim();
      if (text !== "" && items.length < limits.items) items.push(text.slice(0, limits.itemLength));
    });
    return { items };
  } catch {
    // The library's words about a damaged file mean nothing to the reader of a grade.
    return { problem: "the file is no readable workbook" };
  }
}

/** Inflates every entry of the zip once under a limit, since the sizes a zip declares may lie. */
function inflatesWithinLimits(bytes: Uint8Array): boolean {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = zip.lastIndexOf("PK\x05\x06", undefined, "latin1");
  if (end < 0 || end + 22 > zip.length) return false;
  const entries = zip.readUInt16LE(end + 10);
  if (entries === 0 || entries > limits.entries) return false;
  let at = zip.readUInt32LE(end + 16);
  let left = limits.inflatedBytes;
  try {
    for (let index = 0; index < entries; index++) {
      if (zip.readUInt32LE(at) !== 0x02014b50) return false;
      const stored = zip.readUInt16LE(at + 10) === 0;
      const size = zip.readUInt32LE(at + 20);
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const data = zip.subarray(start, start + size);
      left -= stored ? data.length : inflateRawSync(data, { maxOutputLength: left }).length;
      if (left <= 0) return false;
      at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    }
  } catch {
    return false;
  }
  return true;
}

function textOf(value: CellValue | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  if ("toISOString" in value) return value.toISOString().replace(/T00:00:00\.000Z$/, "");
  if ("richText" in value) return value.richText.map((run) => run.text).join("");
  if ("hyperlink" in value) return value.text;
  if ("error" in value) return value.error;
  return "result" in value ? textOf(value.result) : "";
}

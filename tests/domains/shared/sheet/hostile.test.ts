import { crc32, deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { sheetDesk } from "../../../support/sheet-desk.ts";

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006";

/** A zip archive, with what its table of contents says of a size where that is not the truth. */
function zip(parts: Readonly<Record<string, string | Buffer>>, claimed?: number): Uint8Array {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(parts)) {
    const data = Buffer.from(content as string);
    const packed = deflateRawSync(data);
    const name = Buffer.from(path);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimed ?? data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, name, packed]);
    directory.push(Buffer.from("PK\u0001\u0002\u0014\u0000"), common, central, name);
    bodies.push(local);
    offset += local.length;
  }
  const table = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(bodies.length, 8);
  end.writeUInt16LE(bodies.length, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...bodies, table, end]));
}

/** A workbook of one sheet, written by hand. */
function workbook(sheet: string | Buffer, claimed?: number): Uint8Array {
  return zip(
    {
      "_rels/.rels": `<Relationships xmlns="${packages}/relationships"><Relationship Id="a" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="S" sheetId="1" r:id="b"/></sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${packages}/relationships"><Relationship Id="b" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      "xl/worksheets/sheet1.xml": sheet,
    },
    claimed,
  );
}
const sheetOf = (rows: string) =>
  `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`;

const compound = (text: string) =>
  Buffer.concat([
    Buffer.from("d0cf11e0a1b11ae1", "hex"),
    Buffer.alloc(600),
    Buffer.from(text, "utf16le"),
  ]);

describe("a file that cannot be opened is named in one line:", () => {
  const whole = workbook(sheetOf(""));
  const bomb = Buffer.alloc(110 * 2 ** 20, " ");
  test.each<[what: string, data: Uint8Array, problem: string]>([
    ["nothing", new Uint8Array(), "not an .xlsx workbook"],
    ["text", Buffer.from("hello, world"), "not an .xlsx workbook"],
    ["another zip", zip({ "a.txt": "a" }), "not an .xlsx workbook"],
    ["half of one", whole.subarray(0, whole.length / 2), "not an .xlsx workbook"],
    [
      "one without its middle",
      Buffer.concat([whole.subarray(0, 90), whole.subarray(300)]),
      "not an .xlsx workbook",
    ],
    [
      "one with a password",
      compound("EncryptedPackage"),
      "protected by a password; it cannot be opened",
    ],
    ["an old one", compound("Workbook"), "an old .xls workbook; save it as .xlsx"],
    [
      "a bomb",
      workbook(bomb),
      "xl/worksheets/sheet1.xml inside it unpacks to more than 96 MiB; it is too large to open",
    ],
    ["a bomb that lies about its size", workbook(bomb, 1000), "not an .xlsx workbook"],
  ])("%s", async (_, data, problem) => {
    const desk = sheetDesk();
    desk.files.set("h.xlsx", data);
    const { stderr, exitCode } = await desk.run(["read", "h.xlsx"]);
    expect([stderr.split("(")[0]?.trim(), exitCode]).toEqual([`sheet: h.xlsx: ${problem}`, 1]);
  });
});

test("many formatted rows without a value are no rows to print", async () => {
  const desk = sheetDesk();
  const empty = '<row s="1" customFormat="1"><c s="0"/></row>'.repeat(200_000);
  const rows = `<row r="1"><c r="A1"><v>7</v></c></row>${empty}`;
  desk.files.set("h.xlsx", workbook(sheetOf(rows)));
  expect(await desk.out("read", "h.xlsx")).toBe("7\r\n");
  await desk.out("write", "h.xlsx", "B9", "x");
  expect(await desk.out("read", "h.xlsx", "A:A")).toBe(`7\r\n${"\r\n".repeat(8)}`);
});

test("a value in the last cell there is does not fill the screen", async () => {
  const desk = sheetDesk();
  desk.files.set(
    "h.xlsx",
    workbook(sheetOf('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
  );
  expect((await desk.run(["read", "h.xlsx"])).stderr).toBe(
    "sheet: A1:XFD1048576 is 17179869184 cells; name a smaller RANGE\n",
  );
  expect(await desk.out("read", "h.xlsx", "XFD1048576")).toBe("1\r\n");
  expect(await desk.out("read", "h.xlsx", "--json")).toContain("XFD1048576");
});

test("other ways to write XML mean the same", async () => {
  const desk = sheetDesk();
  const sheet = `<x:worksheet xmlns:x="${main}"><!-- <x:c r="Z9"/> --><x:sheetData><x:row><x:c t='inlineStr'><x:is><x:t><![CDATA[a<b]]></x:t></x:is></x:c><x:c><x:v>2</x:v></x:c></x:row><x:row r="4"><x:c r="B4" t="str"><x:f>B1&amp;&quot;&#233;&quot;</x:f></x:c></x:row></x:sheetData></x:worksheet>`;
  desk.files.set("h.xlsx", workbook(sheet));
  await desk.out("write", "h.xlsx", "C1", "new", "A3", "3");
  expect(await desk.out("read", "h.xlsx")).toBe('a<b,2,new\r\n,,\r\n3,,\r\n,"=B1&""é""",\r\n');
});

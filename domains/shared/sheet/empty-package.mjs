/** A workbook of one empty sheet, and the names of the format. */

import { emptyStyles } from "./styles.mjs";
import { encodeText } from "./xml-text.mjs";
import { ZipArchive } from "./zip-archive.mjs";

const mainType = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
export const relationType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
export const packageType = "http://schemas.openxmlformats.org/package/2006";
export const contentType = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const emptySheet = `${declaration}<worksheet xmlns="${mainType}"><dimension ref="A1"/><sheetData/></worksheet>`;

/** @param {string} sheet the name of its sheet */
export function emptyPackage(sheet) {
  const archive = new ZipArchive();
  archive.put(
    "[Content_Types].xml",
    `${declaration}<Types xmlns="${packageType}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${contentType}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${contentType}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${contentType}.styles+xml"/></Types>`,
  );
  archive.put(
    "_rels/.rels",
    `${declaration}<Relationships xmlns="${packageType}/relationships"><Relationship Id="rId1" Type="${relationType}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  archive.put(
    "xl/workbook.xml",
    `${declaration}<workbook xmlns="${mainType}" xmlns:r="${relationType}"><bookViews><workbookView/></bookViews><sheets><sheet name="${encodeText(sheet)}" sheetId="1" r:id="rId1"/></sheets><calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>`,
  );
  archive.put(
    "xl/_rels/workbook.xml.rels",
    `${declaration}<Relationships xmlns="${packageType}/relationships"><Relationship Id="rId1" Type="${relationType}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relationType}/styles" Target="styles.xml"/></Relationships>`,
  );
  archive.put("xl/styles.xml", emptyStyles);
  archive.put("xl/worksheets/sheet1.xml", emptySheet);
  return archive;
}

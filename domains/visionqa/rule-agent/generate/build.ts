import { seededRng } from "../../../../harness/models/rule-based/kit.ts";
import type { Asked, Kind, MadeDocument } from "./document.ts";
import { form } from "./forms.ts";
import { invoice } from "./invoices.ts";
import { letter } from "./letters.ts";
import { extensionOf, rasterOf } from "./raster.ts";
import { receipt } from "./receipts.ts";
import { table } from "./tables.ts";

/** The kinds of documents, and how many pages of each the sample has. */
const plan: readonly { readonly name: string; readonly make: Kind; readonly count: number }[] = [
  { name: "letter", make: letter, count: 8 },
  { name: "form", make: form, count: 8 },
  { name: "invoice", make: invoice, count: 8 },
  { name: "table", make: table, count: 8 },
  { name: "receipt", make: receipt, count: 8 },
];

/** Questions a page; the rest of what could be asked is left out. */
const ASKED = 5;

/** A page of the sample, before it is drawn. */
export interface SamplePage extends MadeDocument {
  readonly name: string;
  /** Tables come two to a document. */
  readonly document: string;
  readonly page: number;
  /** Path of its picture in the sample. */
  readonly image: string;
}

/** The pages in the order of the sample: the kinds take turns, so every stretch of it has all of them. */
export function samplePages(): readonly SamplePage[] {
  const count = Math.max(...plan.map((kind) => kind.count));
  return Array.from({ length: count }, (_, index) =>
    plan
      .filter((kind) => index < kind.count)
      .map(({ name, make }) => {
        const rng = seededRng(`visionqa-sample/${name}/${index}`);
        const made = make(rng);
        const label = `${name}_${String(index).padStart(2, "0")}`;
        const isPair = name === "table";
        return {
          sheet: made.sheet,
          asked: chosen(made.asked, index),
          name: label,
          document: isPair ? `report_${String(index >> 1).padStart(2, "0")}` : label,
          page: isPair ? (index % 2) + 1 : 1,
          image: `documents/${label}.${extensionOf(made.sheet)}`,
        };
      }),
  ).flat();
}

/** The questions of a page; every page leaves out others. */
function chosen(asked: readonly Asked[], index: number): readonly Asked[] {
  const extra = asked.length - ASKED;
  return asked.filter((_, place) => (place + index * 3) % asked.length >= extra);
}

/** The file of questions, in the layout of DocVQA. */
export function questionsText(pages: readonly SamplePage[]): string {
  const documents = [...new Set(pages.map(({ document }) => document))];
  const rows = pages.flatMap(({ asked, image, document, page }) =>
    asked.map(({ kind, question, answers }) => ({
      question,
      image,
      docId: documents.indexOf(document) + 1,
      ucsf_document_id: document,
      ucsf_document_page_no: String(page),
      answers,
      data_split: "val",
      kind,
    })),
  );
  const lines = rows.map((row, index) => JSON.stringify({ questionId: index + 1, ...row }));
  return [
    '{"dataset_name": "visionqa-sample", "dataset_version": "1.0", "dataset_split": "val", "data": [',
    lines.join(",\n"),
    "]}\n",
  ].join("\n");
}

/** All files of the sample, by path. */
export async function buildSample(): Promise<ReadonlyMap<string, Uint8Array | string>> {
  const pages = samplePages();
  const files = new Map<string, Uint8Array | string>([["val_v1.0.json", questionsText(pages)]]);
  for (const { sheet, image, name } of pages)
    files.set(image, (await rasterOf(sheet, seededRng(`visionqa-sample/scan/${name}`))).bytes);
  return files;
}

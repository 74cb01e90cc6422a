import { fillTemplate, seededRng } from "../../../../harness/models/rule-based/kit.ts";
import { type PageQuestion, questions } from "../questions.ts";
import { type Drawn, kinds } from "./kinds.ts";
import { type Mess, messOf, pictureOf, svgOf } from "./page-drawing.ts";

/** Pages of each kind. */
const PAGES = 26;

/** A page of the sample, before it is drawn. */
export interface SamplePage {
  readonly name: string;
  /** Path of its picture in the sample. */
  readonly image: string;
  readonly svg: string;
  readonly mess: Mess;
  readonly asked: readonly {
    readonly kind: string;
    readonly question: string;
    readonly answers: readonly string[];
  }[];
}

/** The pages in the order of the sample: the kinds take turns, so every stretch of it has all of them. */
export function samplePages(): readonly SamplePage[] {
  return Array.from({ length: PAGES }, (_, index) =>
    (["form", "invoice"] as const).map((kind) => {
      const name = `${kind}_${String(index).padStart(2, "0")}`;
      const rng = seededRng(`visionqa-sample/${name}`);
      const drawn: Drawn = kinds[kind](rng);
      const mess = messOf(rng);
      return {
        name,
        image: `documents/${name}.${mess.noise === 0 ? "png" : "jpg"}`,
        svg: svgOf(drawn.page, mess, index),
        mess,
        asked: askedOf(questions[kind], drawn),
      };
    }),
  ).flat();
}

function askedOf(ofKind: Readonly<Record<string, PageQuestion>>, { answers, row = "" }: Drawn) {
  return Object.entries(ofKind).map(([name, { kind, asks }]) => ({
    kind,
    question: fillTemplate(asks, { row: row.toLowerCase() }),
    answers: answers[name] ?? [],
  }));
}

/** The file of questions, in the layout of DocVQA. */
export function questionsText(pages: readonly SamplePage[]): string {
  const rows = pages.flatMap(({ asked, image, name }, index) =>
    asked.map(({ kind, question, answers }) => ({
      question,
      image,
      docId: index + 1,
      ucsf_document_id: name,
      ucsf_document_page_no: "1",
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
  for (const { svg, image } of pages)
    files.set(image, await pictureOf(svg, image.endsWith(".png") ? "png" : "jpg"));
  return files;
}

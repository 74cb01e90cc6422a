import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";
import sharp from "sharp";

/** A row of a DocVQA file, as it should be. */
export function row(id: number | string, fields: Readonly<Record<string, unknown>> = {}) {
  return {
    questionId: id,
    question: `What is number ${id}?`,
    image: `documents/p${id}.png`,
    docId: id,
    ucsf_document_id: `doc${id}`,
    ucsf_document_page_no: "1",
    answers: [`a${id}`],
    data_split: "val",
    ...fields,
  };
}

/** The text of a DocVQA file with these rows. */
export function questionFile(rows: readonly unknown[]): string {
  return JSON.stringify({
    dataset_name: "made",
    dataset_version: "1.0",
    dataset_split: "val",
    data: rows,
  });
}

/** A new directory with these files, by path; who made it removes it. */
export function directoryWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), "visionqa-"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** White, with a black corner at the upper left: its place shows how a picture was turned. */
export function cornered(width = 80, height = 40) {
  const corner = { input: { create: solid(width / 4, height / 4, "#000") }, left: 0, top: 0 };
  return sharp({ create: solid(width, height, "#fff") }).composite([corner]);
}

/** Where the dark corner of a picture is. */
export async function darkCorner(bytes: Uint8Array): Promise<string> {
  const { data, info } = await sharp(bytes)
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const grey = (x: number, y: number) => data[(y * info.width + x) * info.channels] ?? 255;
  const [right, bottom] = [info.width - 3, info.height - 3];
  const corners = {
    "upper left": grey(2, 2),
    "upper right": grey(right, 2),
    "lower left": grey(2, bottom),
    "lower right": grey(right, bottom),
  };
  return Object.entries(corners)
    .filter(([, value]) => value < 100)
    .map(([name]) => name)
    .join(", ");
}

function solid(width: number, height: number, background: string) {
  return { width, height, channels: 3 as const, background };
}

/** A PNG whose header says what size it has, and which has next to no pixels. */
export function hollowPng(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc(10));
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels)]);
}

function chunk(name: string, content: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const body = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, sum]);
}

function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

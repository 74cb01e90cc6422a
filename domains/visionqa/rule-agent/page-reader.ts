import type { Image } from "../../../harness/contracts/index.ts";
import { remembered, sha256 } from "../../../harness/models/rule-based/kit.ts";

import { layoutOf, type WordLine } from "./layout.ts";

/** Reads the text of a picture. */
export type PageReader = (image: Image) => Promise<string>;

/** Pages that are read at a time; each takes a core and about 150 MB. */
const WORKERS = 2;

/** Pages whose text is kept. */
const KEPT = 2_000;

/** What is used of an OCR worker. */
export interface OcrWorker {
  read(image: Uint8Array): Promise<{ readonly lines: readonly WordLine[]; readonly width: number }>;
}

/**
 * A reader that reads every picture once in a process, with a few workers that start when they are needed.
 *
 * @param start makes a worker.
 */
export function pageReader(start: () => Promise<OcrWorker>): PageReader {
  const idle: OcrWorker[] = [];
  const waiting: {
    readonly resolve: (worker: OcrWorker) => void;
    readonly reject: (error: unknown) => void;
  }[] = [];
  let started = 0;

  const take = async (): Promise<OcrWorker> => {
    const free = idle.pop();
    if (free !== undefined) return free;
    if (started === WORKERS)
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    started++;
    try {
      return await start();
    } catch (error) {
      started--;
      // With no worker left nobody would ever be served.
      if (started === 0) for (const { reject } of waiting.splice(0)) reject(error);
      throw error;
    }
  };
  const giveBack = (worker: OcrWorker) => {
    const next = waiting.shift();
    if (next === undefined) idle.push(worker);
    else next.resolve(worker);
  };

  const read = async (bytes: Uint8Array) => {
    const worker = await take();
    try {
      const { lines, width } = await worker.read(bytes);
      return layoutOf(lines, width);
    } finally {
      giveBack(worker);
    }
  };
  return ({ base64 }) =>
    remembered("page", sha256(base64), () => read(Buffer.from(base64, "base64")), KEPT);
}

import type { Image } from "../../../harness/contracts/index.ts";
import { remembered, sha256 } from "../../../harness/models/rule-based/kit.ts";

/** Reads the text of a picture: a line of it is a line, and columns stand two spaces or more apart. */
export type PageReader = (image: Image) => Promise<string>;

/** What is used of an OCR worker; it is given one picture after the other. */
export interface OcrWorker {
  read(image: Uint8Array): Promise<string>;
}

/** Workers, which start when they are needed; each takes a core and about 150 MB. */
const WORKERS = 2;

/** Characters that are kept of a page: what a dense one has, twice over. */
const LONGEST = 8_000;

/** Pages whose text is kept. */
const KEPT = 2_000;

/**
 * A reader that reads every picture once in a process.
 *
 * @param start makes a worker.
 */
export function pageReader(start: () => Promise<OcrWorker>): PageReader {
  const lanes: { readonly worker: Promise<OcrWorker>; last: Promise<unknown> }[] = [];
  let turn = 0;
  const read = (picture: Uint8Array): Promise<string> => {
    const number = turn++ % WORKERS;
    const lane = lanes[number] ?? { worker: start(), last: Promise.resolve() };
    lanes[number] = lane;
    const text = Promise.allSettled([lane.last]).then(async () =>
      (await (await lane.worker).read(picture)).slice(0, LONGEST),
    );
    lane.last = text;
    return text;
  };
  return ({ base64 }) =>
    remembered("page", sha256(base64), () => read(Buffer.from(base64, "base64")), KEPT);
}

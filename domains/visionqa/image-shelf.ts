import { readFile } from "node:fs/promises";
import type { Image } from "../../harness/contracts/index.ts";
import { InputError, messageOf } from "../../harness/errors.ts";
import { keepingLast } from "../shared/episode.ts";
import { sha256Of } from "../shared/files.ts";
import { openPage, type Page, shownPage, UnusableImage } from "./page.ts";

/** Pages and pictures kept at a time; the tasks of one document often run together. */
const KEPT = 48;

/** Where a task's picture lies. */
export interface Located {
  /** Path in the data set, for messages. */
  readonly image: string;
  /** SHA-256 of the file, or null where there was none when the data were opened. */
  readonly digest: string | null;
}

/** The pictures of all data sets that were opened, by digest. */
export interface ImageShelf {
  /** Says where the picture with a digest lies. */
  place(digest: string, path: string): void;
  /** @throws {InputError} when the picture is missing, has changed, or cannot be used. */
  page(located: Located): Promise<Page>;
  /**
   * The page as it is sent, at most `side` pixels long.
   *
   * @throws {InputError} as `page` does.
   */
  shown(located: Located, side: number): Promise<Image>;
}

/** An empty shelf. */
export function imageShelf(): ImageShelf {
  const paths = new Map<string, string>();
  const pages = keepingLast<Page>(KEPT);
  const pictures = keepingLast<Image>(KEPT);
  const page = async ({ image, digest }: Located) => {
    if (digest === null)
      throw new InputError({
        where: image,
        problem: "the picture is missing",
        fix: "Copy the documents of the data set again.",
      });
    const path = paths.get(digest);
    if (path === undefined) throw new Error(`no open data set has ${image}`);
    return pages(digest, () => read(path, digest));
  };
  return {
    place: (digest, path) => void paths.set(digest, path),
    page,
    shown: (located, side) =>
      pictures(`${located.digest} ${side}`, async () => shownPage(await page(located), side)),
  };
}

async function read(path: string, digest: string): Promise<Page> {
  try {
    const bytes = await readFile(path);
    if (sha256Of(bytes) !== digest)
      throw new InputError({
        where: path,
        problem: "the picture has changed since the data set was opened",
        fix: "Run the command again.",
      });
    return await openPage(bytes);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({
      where: path,
      problem: error instanceof UnusableImage ? error.message : `unreadable (${messageOf(error)})`,
      fix: "Copy the file again, or take its questions out of the data set.",
      cause: error,
    });
  }
}

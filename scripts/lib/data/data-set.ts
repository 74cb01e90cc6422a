import type { FetchReport } from "../../../domains/wtq/data-set.ts";
import type { VerifyReport } from "./verify-wtq.ts";

/** A real data set that `npm run data` knows. */
export interface DataSet {
  readonly title: string;
  /** Where it is fetched from unless `--from` names a mirror; absent where nobody serves it to a program. */
  readonly address?: string;
  /** How to get it by hand, where there is no address. */
  readonly byHand?: string;
  /** Its directory below the data directory. */
  readonly folder: string;
  /** Whether the directory holds some of it. */
  isThere(directory: string): boolean;
  fetch?(job: {
    readonly from: string;
    readonly into: string;
    readonly onProgress: (done: number, all: number) => void;
  }): Promise<FetchReport>;
  verify(directory: string): Promise<VerifyReport>;
}

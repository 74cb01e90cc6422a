/**
 * Why a workbook cannot be read.
 *
 * - `unreadable`: openpyxl refuses such a file too, so the published graders call it wrong;
 * - `limits`: it is larger than anything we are willing to unpack; nothing is known of its cells.
 */
export class WorkbookFault extends Error {
  override readonly name = "WorkbookFault";
  readonly kind: "unreadable" | "limits";

  constructor(kind: WorkbookFault["kind"], message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** @returns never; for use where a value is expected. */
export function unreadable(message: string, cause?: unknown): never {
  throw new WorkbookFault("unreadable", message, cause);
}

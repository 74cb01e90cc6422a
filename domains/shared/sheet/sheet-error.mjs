/** What the caller did wrong: one line for stderr. */
export class SheetError extends Error {}

/** What is wrong with the workbook; its name is put in front. */
export class BookError extends SheetError {}

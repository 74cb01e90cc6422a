/** What an agent asked for wrongly, or what is wrong with its file: a line on stderr. */
export class SheetFault extends Error {}

/** A fault of the workbook itself; the command puts the file's name in front. */
export class BookFault extends SheetFault {}

/** Formats that are known by number alone. Only those that show a date or a time matter here. */
const builtIn: Readonly<Record<number, string>> = {
  14: "mm-dd-yy",
  15: "d-mmm-yy",
  16: "d-mmm",
  17: "mmm-yy",
  18: "h:mm AM/PM",
  19: "h:mm:ss AM/PM",
  20: "h:mm",
  21: "h:mm:ss",
  22: "m/d/yy h:mm",
  45: "mm:ss",
  46: "[h]:mm:ss",
  47: "mmss.0",
};

/** How a number in a cell of some style is to be read. */
export type NumberKind = "number" | "date" | "duration";

/** The format code of a number below 164, where that shows a date or a time. */
export function builtInFormat(id: number): string | undefined {
  return builtIn[id];
}

/**
 * What a format makes of a number, by the rules of openpyxl 3.1.5: only its first section counts;
 * quoted text and everything in brackets but elapsed hours, minutes or seconds is passed over; then
 * any of d, m, h, y, s that no underscore or backslash precedes makes it a date.
 */
export function kindOfFormat(code: string): NumberKind {
  const first = code.split(";", 1)[0] ?? "";
  const bare = first.replace(/".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]/g, "");
  if (!/(?<![_\\])[dmhysDMHYS]/.test(bare)) return "number";
  // Case does not count here, and what was passed over above does.
  return /\[(?:hh?|mm?|ss?)\]/i.test(first) ? "duration" : "date";
}

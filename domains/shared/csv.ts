/**
 * Records of comma-separated text (RFC 4180), read leniently: a quote inside an unquoted field is
 * kept, an unclosed quote ends with the text. Never throws.
 */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = "";
  let quoted = false;
  let at = 0;
  const endRecord = () => {
    record.push(field);
    if (record.length > 1 || record[0] !== "") records.push(record);
    record = [];
    field = "";
  };
  while (at < text.length) {
    const char = text[at] ?? "";
    at++;
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[at] === '"') {
        field += '"';
        at++;
      } else quoted = false;
    } else if (char === '"' && field === "") quoted = true;
    else if (char === ",") {
      record.push(field);
      field = "";
    } else if (char === "\n") endRecord();
    else if (char !== "\r") field += char;
  }
  if (field !== "" || record.length > 0) endRecord();
  return records;
}

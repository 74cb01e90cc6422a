/** Lower case, without accents, with plain quotes and dashes; white space collapsed. */
export function fold(text: string): string {
  return plain(text).replace(/\s+/g, " ").trim().toLowerCase();
}

function plain(text: string): string {
  if (!/[^ -~\s]|`/.test(text)) return text;
  return text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .replace(/[‘’´`]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[‐-―−]/g, "-");
}

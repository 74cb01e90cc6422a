/** A field of the dataset's TSV files as text; the three replacements follow each other, as in the evaluator. */
export function unescapeField(field: string): string {
  if (!field.includes("\\")) return field;
  return field.replaceAll("\\n", "\n").replaceAll("\\p", "|").replaceAll("\\\\", "\\");
}

/** A field that holds a list: items between vertical bars, each escaped on its own. */
export function unescapeList(field: string): string[] {
  return field.split("|").map(unescapeField);
}

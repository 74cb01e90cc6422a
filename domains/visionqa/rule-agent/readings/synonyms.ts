/** How captions and headings shorten the words of questions. */
const short: Readonly<Record<string, readonly string[]>> = {
  number: ["no", "nr", "num", "#"],
  telephone: ["tel", "phone"],
  phone: ["tel", "telephone"],
  reference: ["ref", "ourref"],
  quantity: ["qty"],
  account: ["acct"],
  amount: ["amt"],
  department: ["dept"],
  identification: ["id"],
};

/** The short forms of a word. */
export function synonymsOf(word: string): readonly string[] {
  return short[word] ?? [];
}

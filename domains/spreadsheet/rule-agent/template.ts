/** What an instruction says beside its sentence: words, numbers and headings, by slot. */
export type Slots = Readonly<Record<string, string>>;

const slot = /\{(\w+)\}/g;

/**
 * Writes a sentence.
 *
 * @throws when a slot of the template has no words.
 */
export function fillTemplate(template: string, slots: Slots): string {
  return template.replace(slot, (_, name: string) => {
    const words = slots[name];
    if (words === undefined) throw new Error(`nothing to write for {${name}} of: ${template}`);
    return words;
  });
}

/**
 * Turns a template round: a function that reads the slots of a sentence written from it.
 *
 * The whole sentence has to match. A slot that comes twice holds the same words both times.
 */
export function templateReader(template: string): (sentence: string) => Slots | undefined {
  const seen = new Set<string>();
  const [first = "", ...rest] = template.split(slot);
  let pattern = escaped(first);
  for (let at = 0; at < rest.length; at += 2) {
    const [name = "", text = ""] = rest.slice(at, at + 2);
    pattern += seen.has(name) ? `\\k<${name}>` : `(?<${name}>.+?)`;
    pattern += escaped(text);
    seen.add(name);
  }
  const whole = new RegExp(`^${pattern}$`);
  return (sentence) => whole.exec(sentence)?.groups;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The words of a text's slots, by name. */
export type Slots = Readonly<Record<string, string>>;

const slot = /<(\w+)>/g;

/**
 * Writes a text from a template, in which `<name>` is a slot.
 *
 * @throws when a slot has no words.
 */
export function fillTemplate(template: string, slots: Slots): string {
  return template.replace(slot, (_, name: string) => {
    const words = slots[name];
    if (words === undefined) throw new Error(`nothing to write for <${name}> of: ${template}`);
    return words;
  });
}

/**
 * Turns a template round: a function that reads the slots of a text written from it.
 *
 * The whole text has to match. A slot that comes twice holds the same words both times.
 *
 * @param patternOf what may stand in a slot, as a regular expression; by default anything.
 */
export function templateReader(
  template: string,
  patternOf: (slot: string) => string = () => ".+?",
): (text: string) => Slots | undefined {
  const seen = new Set<string>();
  const parts = template.split(slot).map((part, index) => {
    if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    if (seen.has(part)) return `\\k<${part}>`;
    seen.add(part);
    return `(?<${part}>${patternOf(part)})`;
  });
  const whole = new RegExp(`^${parts.join("")}$`);
  return (text) => {
    const found = whole.exec(text);
    return found ? { ...found.groups } : undefined;
  };
}

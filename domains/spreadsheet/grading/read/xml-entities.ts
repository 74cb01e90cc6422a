const named = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/**
 * A text with its entities resolved: the five of XML itself and characters by number.
 *
 * @param refuse called with any other.
 */
export function resolved(text: string, refuse: (problem: string) => never): string {
  return text.replace(/&([^;&]*)(;?)/g, (_, name: string, end: string) => {
    const value = end === "" ? undefined : (named.get(name) ?? numbered(name));
    return value ?? refuse(`an entity that XML does not know: &${name.slice(0, 20)}`);
  });
}

function numbered(name: string): string | undefined {
  const found = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
  if (found === null) return undefined;
  const code = found[1] === undefined ? Number(found[2]) : Number.parseInt(found[1], 16);
  const allowed =
    code >= 0x20 ? code <= 0x10ffff && (code & 0xfffe) !== 0xfffe : [9, 10, 13].includes(code);
  if (!allowed || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return String.fromCodePoint(code);
}

/** A power of two. */
const slots = 1024;
const mostNames = 100_000;
const colon = 0x3a;

/** A name as it is written, met once and compared by identity from then on. */
export interface XmlName {
  readonly bytes: Buffer;
  readonly prefix: string;
  readonly local: string;
  readonly next: XmlName | undefined;
  /** The namespace of an element of this name, valid while the declarations are the same. */
  space: string;
  version: number;
}

/** The names of one part. */
export class XmlNames {
  /** Behind the name that was read last. */
  end = 0;
  readonly #bytes: Buffer;
  readonly #refuse: (problem: string) => never;
  /** Chains of names by the last bits of their hash. */
  readonly #names: (XmlName | undefined)[] = new Array(slots);
  #count = 0;

  constructor(bytes: Buffer, refuse: (problem: string) => never) {
    this.#bytes = bytes;
    this.#refuse = refuse;
  }

  /** Reads the name that starts here. */
  read(start: number): XmlName {
    const bytes = this.#bytes;
    let at = start;
    let hash = 0;
    for (; ; at++) {
      const byte = bytes[at];
      if (byte === undefined || !isNameByte(byte)) break;
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    this.end = at;
    const slot = hash & (slots - 1);
    const head = this.#names[slot];
    for (let name = head; name !== undefined; name = name.next)
      if (name.bytes.length === at - start && sameBytes(bytes, start, name.bytes)) return name;
    const name = this.#newName(start, at, head);
    this.#names[slot] = name;
    return name;
  }

  #newName(start: number, end: number, next: XmlName | undefined): XmlName {
    const text = this.#bytes.toString("utf8", start, end);
    if (!/^[^\s\d.:-][^\s:]*(?::[^\s\d.:-][^\s:]*)?$/u.test(text)) this.#refuse("a bad name");
    if (this.#count++ > mostNames) this.#refuse("too many different names");
    const [first = "", second] = text.split(":");
    return {
      bytes: Buffer.from(this.#bytes.subarray(start, end)),
      prefix: second === undefined ? "" : first,
      local: second ?? first,
      next,
      space: "",
      version: 0,
    };
  }
}

/** Whether a name may go on with this byte; the first one is checked where the name is new. */
function isNameByte(byte: number): boolean {
  if (byte >= 0x61) return byte <= 0x7a || byte >= 0x80;
  if (byte >= 0x30 && byte <= colon) return true;
  return (byte >= 0x41 && byte <= 0x5a) || byte === 0x5f || byte === 0x2d || byte === 0x2e;
}

function sameBytes(bytes: Buffer, start: number, name: Buffer): boolean {
  for (let at = 0; at < name.length; at++) if (bytes[start + at] !== name[at]) return false;
  return true;
}

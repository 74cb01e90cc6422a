/** Zip archives as workbooks use them: opened lazily, inflated within bounds, rewritten with every untouched part as it was. */

import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import { BookError } from "./sheet-error.mjs";

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
/** What one part, and all parts that are looked at together, may unpack to. */
const partBytes = 96 * 2 ** 20;
const totalBytes = 192 * 2 ** 20;
const partsAtMost = 20_000;
/** 1980-01-01: the archive of the same cells is the same bytes. */
const constantDate = 0x0021;

/**
 * @typedef {object} Part one file of an archive
 * @property {string} name as the archive spells it
 * @property {number} method 0 stored, 8 deflated
 * @property {number} crc
 * @property {number} size unpacked, as the archive claims
 * @property {Uint8Array} packed
 */

export class ZipArchive {
  /** @type {Map<string, Part>} by name in small letters with plain slashes */
  #parts = new Map();
  #unpacked = 0;

  /** An archive of no parts, or the parts of `data`. @param {Uint8Array} [data] */
  constructor(data) {
    if (data !== undefined) this.#readCentralDirectory(data);
  }

  /** @param {string} name */
  has(name) {
    return this.#parts.has(keyOf(name));
  }

  /**
   * @param {string} name
   * @returns {string | undefined} the text of a part, or undefined where there is none.
   */
  text(name) {
    const part = this.#parts.get(keyOf(name));
    if (part === undefined) return undefined;
    const bytes = this.#unpack(part);
    const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    return new TextDecoder(utf16 ? "utf-16le" : "utf-8").decode(bytes);
  }

  /** @param {string} name @param {string} text */
  put(name, text) {
    const bytes = new TextEncoder().encode(text);
    const existing = this.#parts.get(keyOf(name))?.name;
    const packed = deflateRawSync(bytes);
    const part = {
      name: existing ?? name,
      method: 8,
      crc: crc32(bytes),
      size: bytes.length,
      packed,
    };
    this.#parts.set(keyOf(name), part);
  }

  /** @param {string} name */
  delete(name) {
    this.#parts.delete(keyOf(name));
  }

  /** @returns {Uint8Array} */
  bytes() {
    const chunks = [];
    const directory = [];
    let offset = 0;
    for (const part of this.#parts.values()) {
      const name = Buffer.from(part.name, "utf8");
      const local = Buffer.alloc(30);
      local.writeUInt32LE(localSignature, 0);
      local.writeUInt16LE(20, 4);
      writeCommon(local, 6, part, name);
      const central = Buffer.alloc(46);
      central.writeUInt32LE(centralSignature, 0);
      central.writeUInt16LE(20, 4);
      central.writeUInt16LE(20, 6);
      writeCommon(central, 8, part, name);
      central.writeUInt32LE(offset, 42);
      chunks.push(local, name, part.packed);
      directory.push(central, name);
      offset += local.length + name.length + part.packed.length;
    }
    const central = Buffer.concat(directory);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(endSignature, 0);
    end.writeUInt16LE(this.#parts.size, 8);
    end.writeUInt16LE(this.#parts.size, 10);
    end.writeUInt32LE(central.length, 12);
    end.writeUInt32LE(offset, 16);
    return new Uint8Array(Buffer.concat([...chunks, central, end]));
  }

  /** @param {Part} part */
  #unpack(part) {
    if (part.method === 0) return part.packed;
    const room = Math.min(partBytes, totalBytes - this.#unpacked);
    if (part.size > room) throw tooLarge(part.name);
    let bytes;
    try {
      bytes = inflateRawSync(part.packed, { maxOutputLength: Math.max(1, room) });
    } catch (error) {
      if (/** @type {{ code?: string }} */ (error).code === "ERR_BUFFER_TOO_LARGE")
        throw tooLarge(part.name);
      throw new BookError(`${part.name} inside it is damaged`);
    }
    this.#unpacked += bytes.length;
    return bytes;
  }

  /** @param {Uint8Array} data */
  #readCentralDirectory(data) {
    const view = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const end = view.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0 || end + 22 > view.length) throw new BookError("not an .xlsx workbook");
    const count = view.readUInt16LE(end + 10);
    if (count > partsAtMost) throw new BookError(`has more than ${partsAtMost} parts`);
    let at = view.readUInt32LE(end + 16);
    for (let i = 0; i < count; i++) {
      if (at + 46 > view.length || view.readUInt32LE(at) !== centralSignature)
        throw new BookError("not an .xlsx workbook (its table of contents is damaged)");
      const flags = view.readUInt16LE(at + 8);
      const packedSize = view.readUInt32LE(at + 20);
      const nameLength = view.readUInt16LE(at + 28);
      const name = view.toString("utf8", at + 46, at + 46 + nameLength);
      const start = view.readUInt32LE(at + 42);
      if (start + 30 > view.length || view.readUInt32LE(start) !== localSignature)
        throw new BookError(`${name} inside it is damaged`);
      const from = start + 30 + view.readUInt16LE(start + 26) + view.readUInt16LE(start + 28);
      if (flags & 1) throw new BookError("protected by a password; it cannot be opened");
      if (from + packedSize > view.length) throw new BookError("not a whole .xlsx workbook (cut)");
      const method = view.readUInt16LE(at + 10);
      if (method !== 0 && method !== 8)
        throw new BookError(`${name} inside it is packed in an unknown way`);
      if (!name.endsWith("/"))
        this.#parts.set(keyOf(name), {
          name,
          method,
          crc: view.readUInt32LE(at + 16),
          size: view.readUInt32LE(at + 24),
          packed: view.subarray(from, from + packedSize),
        });
      at += 46 + nameLength + view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32);
    }
  }
}

/** @param {string} name */
function keyOf(name) {
  return name.replaceAll("\\", "/").replace(/^\/+/, "").toLowerCase();
}

/**
 * The fields that a local header and an entry of the table of contents share.
 *
 * @param {Buffer} header
 * @param {number} at
 * @param {Part} part
 * @param {Buffer} name
 */
function writeCommon(header, at, part, name) {
  header.writeUInt16LE(0x0800, at);
  header.writeUInt16LE(part.method, at + 2);
  header.writeUInt16LE(constantDate, at + 6);
  header.writeUInt32LE(part.crc, at + 8);
  header.writeUInt32LE(part.packed.length, at + 12);
  header.writeUInt32LE(part.size, at + 16);
  header.writeUInt16LE(name.length, at + 20);
}

/** @param {string} name */
function tooLarge(name) {
  return new BookError(
    `${name} inside it unpacks to more than ${partBytes / 2 ** 20} MiB; it is too large to open`,
  );
}

import { constants, crc32, inflateRawSync } from "node:zlib";
import { unreadable, WorkbookFault } from "./fault.ts";

/** How much of an archive is unpacked at most. Sizes in bytes. */
export interface ZipLimits {
  /** The packed file itself. */
  readonly archiveBytes: number;
  readonly entries: number;
  /** One part, unpacked. */
  readonly partBytes: number;
  /** All parts that are read, unpacked. */
  readonly totalBytes: number;
}

/** Unpacked, 14 times the largest part and 17 times the largest workbook of the verified set. */
export const zipLimits: ZipLimits = {
  archiveBytes: 100 * 2 ** 20,
  entries: 20_000,
  partBytes: 112 * 2 ** 20,
  totalBytes: 160 * 2 ** 20,
};

/** The parts of a workbook file. Reads follow Python's `zipfile`, which decides what openpyxl opens. */
export interface ZipArchive {
  has(name: string): boolean;
  /** @throws {WorkbookFault} when there is no such part, it is damaged, encrypted or too large. */
  read(name: string): Buffer;
}

interface Entry {
  readonly name: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const signature = { end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 } as const;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
/** Times ten; what Python's zipfile knows. */
const latestVersion = 63;
const endLength = 22;
const oleStart = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/**
 * Opens an archive by its central directory. Bytes before and after the archive are tolerated.
 *
 * A library was tried for this (fflate 0.8): it compares no checksums, so of 120 workbooks with one
 * flipped bit it opened 76 that Python refuses; and it opened none of 120 with bytes in front.
 *
 * @throws {WorkbookFault} when there is no usable directory.
 */
export function openZip(bytes: Uint8Array, limits: ZipLimits = zipLimits): ZipArchive {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length > limits.archiveBytes)
    tooLarge(`the file has ${file.length} bytes; at most ${limits.archiveBytes} are read`);
  const { entries, shift } = directoryOf(file, limits);
  let left = limits.totalBytes;
  return {
    has: (name) => entries.has(name),
    read(name) {
      const entry = entries.get(name) ?? unreadable(`there is no part ${name} in the file`);
      const most = Math.min(limits.partBytes, left);
      const data = unpacked(file, entry, { at: entry.offset + shift, most, name });
      left -= data.length;
      return data;
    },
  };
}

function directoryOf(file: Buffer, limits: ZipLimits) {
  if (file.subarray(0, oleStart.length).equals(oleStart))
    unreadable("not an xlsx file but an OLE container: password-protected, or an old .xls");
  const at = endOfDirectory(file);
  if (at === undefined) unreadable("the file is not a zip archive");
  let size = file.readUInt32LE(at + 12);
  let start = file.readUInt32LE(at + 16);
  let end = at;
  if (at >= 76 && file.readUInt32LE(at - 20) === signature.locator64) {
    if (file.readUInt32LE(at - 76) !== signature.end64) unreadable("a damaged zip64 directory");
    size = Number(file.readBigUInt64LE(at - 76 + 40));
    start = Number(file.readBigUInt64LE(at - 76 + 48));
    end = at - 76;
  }
  // What stands before the archive moves every offset.
  const shift = end - size - start;
  if (start + shift < 0) unreadable("bad offset for the central directory of the zip archive");
  const directory = file.subarray(start + shift, start + shift + size);
  const entries = new Map<string, Entry>();
  for (let place = 0; place < size; ) {
    if (place + 46 > directory.length || directory.readUInt32LE(place) !== centralSignature)
      unreadable("the central directory of the zip archive is damaged");
    if ((directory[place + 6] ?? 0) > latestVersion)
      unreadable("the zip archive is of a version that is not known");
    const nameEnd = place + 46 + directory.readUInt16LE(place + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(place + 30);
    const name = directory.subarray(place + 46, nameEnd);
    const entry = widened(directory.subarray(nameEnd, extraEnd), {
      name,
      flags: directory.readUInt16LE(place + 8),
      method: directory.readUInt16LE(place + 10),
      crc: directory.readUInt32LE(place + 16),
      packed: directory.readUInt32LE(place + 20),
      size: directory.readUInt32LE(place + 24),
      offset: directory.readUInt32LE(place + 42),
    });
    const text = name.toString((entry.flags & 0x800) !== 0 ? "utf8" : "latin1");
    entries.set(text.split("\0", 1)[0] ?? "", entry);
    if (entries.size > limits.entries)
      tooLarge(`the archive has more than ${limits.entries} parts`);
    place = extraEnd + directory.readUInt16LE(place + 32);
  }
  return { entries, shift };
}

/** Where the end record is: the last one in the last 64 KiB, so that trailing bytes do no harm. */
function endOfDirectory(file: Buffer): number | undefined {
  const plain = file.length - endLength;
  if (plain < 0) return undefined;
  if (file.readUInt32LE(plain) === signature.end && file.readUInt16LE(plain + 20) === 0)
    return plain;
  const marker = Buffer.alloc(4);
  marker.writeUInt32LE(signature.end);
  const from = Math.max(0, plain - 2 ** 16);
  const found = file.subarray(from).lastIndexOf(marker);
  return found < 0 || from + found + endLength > file.length ? undefined : from + found;
}

/** Sizes beyond 4 GiB stand in the extra field. */
function widened(extra: Buffer, entry: Entry): Entry {
  const full = 0xffffffff;
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2);
    const end = at + 4 + length;
    if (end > extra.length) unreadable("a damaged extra field in the zip directory");
    if (extra.readUInt16LE(at) === 1) {
      let place = at + 4;
      const wide = (value: number) => {
        if (value !== full) return value;
        if (place + 8 > end) unreadable("a damaged zip64 field in the zip directory");
        place += 8;
        return Number(extra.readBigUInt64LE(place - 8));
      };
      const size = wide(entry.size);
      const packed = wide(entry.packed);
      return { ...entry, size, packed, offset: wide(entry.offset) };
    }
    at = end;
  }
  return entry;
}

/** Where a part starts, what it is called and how large it may be. */
interface PartPlace {
  readonly at: number;
  readonly name: string;
  readonly most: number;
}

function unpacked(file: Buffer, entry: Entry, place: PartPlace): Buffer {
  const { at, name } = place;
  if (at + 30 > file.length || file.readUInt32LE(at) !== localSignature)
    unreadable(`part ${name} does not start where the zip directory says`);
  const nameLength = file.readUInt16LE(at + 26);
  const from = at + 30 + nameLength + file.readUInt16LE(at + 28);
  if (!file.subarray(at + 30, at + 30 + nameLength).equals(entry.name))
    unreadable(`part ${name} has another name in its own header`);
  if ((entry.flags & 0x1) !== 0) unreadable(`part ${name} is encrypted`);
  if ((entry.flags & 0x60) !== 0) unreadable(`part ${name} is patched or strongly encrypted`);
  const data = inflated(file.subarray(from, from + entry.packed), entry, place);
  if (crc32(data) !== entry.crc) unreadable(`part ${name} is cut off or has a wrong checksum`);
  return data;
}

function inflated(packed: Buffer, entry: Entry, { name, most }: PartPlace): Buffer {
  if (entry.method === 0) return packed.subarray(0, entry.size);
  if (entry.method !== 8) unreadable(`part ${name} is packed by a method that is not deflate`);
  // The size that is announced may be a lie either way; it only guides how much is set aside at first.
  const room = Math.min(entry.size, most) + 1;
  try {
    const data = inflateRawSync(packed, {
      maxOutputLength: room,
      chunkSize: Math.max(64, Math.min(room, packed.length * 32)),
      // Data without an end mark is good if it is complete, which the checksum tells.
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    if (data.length <= entry.size && data.length <= most) return data;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE")
      unreadable(`part ${name} cannot be unpacked`, cause);
  }
  if (room <= entry.size) tooLarge(`part ${name} unpacks to more than ${most} bytes`);
  return unreadable(`part ${name} unpacks to more than it announces`);
}

function tooLarge(problem: string): never {
  throw new WorkbookFault("limits", `the workbook is too large: ${problem}`);
}

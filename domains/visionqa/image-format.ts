/** The formats that pages may have. */
export type ImageFormat = "png" | "jpeg" | "tiff" | "webp" | "gif";

const signatures: readonly (readonly [ImageFormat, readonly (number | undefined)[]])[] = [
  ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["jpeg", [0xff, 0xd8, 0xff]],
  ["tiff", [0x49, 0x49, 0x2a, 0x00]],
  ["tiff", [0x4d, 0x4d, 0x00, 0x2a]],
  ["gif", [0x47, 0x49, 0x46, 0x38]],
  // RIFF, four bytes of length, WEBP.
  [
    "webp",
    [0x52, 0x49, 0x46, 0x46, undefined, undefined, undefined, undefined, 0x57, 0x45, 0x42, 0x50],
  ],
];

/**
 * The format of a file by its first bytes, whatever it is called.
 *
 * @returns undefined for anything else: vector graphics and documents, too, are no pages.
 */
export function formatOf(bytes: Uint8Array): ImageFormat | undefined {
  return signatures.find(([, signature]) =>
    signature.every((byte, place) => byte === undefined || bytes[place] === byte),
  )?.[0];
}

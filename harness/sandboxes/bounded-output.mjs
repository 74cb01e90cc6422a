/**
 * Bounds a stream's text for a model: the start is kept, and what was cut is said.
 *
 * Plain JavaScript, because the embedded worker thread loads it too.
 *
 * @param {string} text what is there of the stream.
 * @param {number} limit characters to keep.
 * @param {number} [total] how many there were in all, when `text` is not everything.
 * @returns {string} at most `limit` characters, the notice included.
 */
export function bounded(text, limit, total = text.length) {
  if (total <= limit) return text;
  const notice = `\n[output cut: ${total} characters, the first of them shown]\n`;
  const keep = Math.max(0, limit - notice.length);
  const splitsPair = keep > 0 && /[\uD800-\uDBFF]/.test(text.charAt(keep - 1));
  return (text.slice(0, splitsPair ? keep - 1 : keep) + notice).slice(0, limit);
}

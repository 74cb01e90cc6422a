const mark = /^[ \t>#*-]*(?:the )?(?:final )?answer(?:\*\*)?[ \t]*:(?:\*\*)?[ \t]*(?:\*\*)?/gim;

/**
 * What a reply states as its answer: the lines behind its last line that begins with `Answer:`, or the rest of that
 * line and the lines below it, up to an empty one.
 *
 * Emphasis around a line and fences around all of them are no part of the answer.
 *
 * @returns undefined where there is no such line, or nothing behind it.
 */
export function statedAnswer(reply: string): readonly [string, ...string[]] | undefined {
  const last = [...reply.matchAll(mark)].at(-1);
  if (last === undefined) return undefined;
  const behind = reply.slice(last.index + last[0].length).replace(/^[ \t]*```\w*[ \t]*$/gm, "");
  const [paragraph = ""] = behind.trim().split(/\r?\n[ \t]*\r?\n/);
  const [first, ...rest] = paragraph.split(/\r?\n/).map(plainLine);
  return first === undefined || first === "" ? undefined : [first, ...rest];
}

function plainLine(line: string): string {
  return line.trim().replace(/^\*\*|\*\*$/g, "");
}

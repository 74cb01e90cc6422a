/**
 * How many tokens a text costs, roughly, whatever the model's tokenizer is.
 *
 * Tokenizers of the byte-pair kind keep a short English word and the space before it in one token, cut
 * a long word about every six letters and a number every three digits, give punctuation a token of its
 * own (a run of one character, such as a rule or an indent, is shared), and need about a token a
 * character for scripts without spaces and two letters a token for other alphabets. That is counted
 * here. It is an estimate for a budget, not a bill: it errs towards too many.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(PIECES)) {
    const length = [...piece].length;
    if (/^[A-Za-z]/.test(piece)) tokens += Math.ceil(length / 6);
    else if (/^\d/.test(piece)) tokens += Math.ceil(length / 3);
    else if (IDEOGRAPH.test(piece)) tokens += length;
    else if (/^\p{L}/u.test(piece)) tokens += Math.ceil(length / 2);
    else if (/^\n/.test(piece)) tokens += 1;
    else if (/^[ \t]/.test(piece)) tokens += length > 1 ? 1 : 0;
    else tokens += Math.ceil(length / 4);
  }
  return tokens;
}

const IDEOGRAPH =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** Words, numbers, runs of one script, line ends, indents, and runs of one other character. */
const PIECES =
  /[A-Za-z]+|\d+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]+|\p{L}[\p{L}\p{M}]*|[\r\n]+|[ \t]+|(.)\1*/gsu;

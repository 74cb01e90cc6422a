import { asks, type Found, type Thought } from "./thought.ts";
import { amountsIn, daysIn, isoDay } from "./values.ts";

/** Chooses what of a finding is handed in, and how it is written. */
export function worded(found: Found, thought: Thought): string {
  const { on } = thought;
  const whole = collapsed(found.line);
  if (whole !== collapsed(found.text) && on("whole-line")) return whole;
  const captioned = collapsed(found.captioned ?? found.text);
  const text = collapsed(found.text);
  const bare = captioned === text || on("without-caption") ? text : captioned;
  return written(endOfRange(bare, thought), thought);
}

/** Of two days, the first where a start is asked for and the second where an end is. */
function endOfRange(text: string, thought: Thought): string {
  const days = daysIn(text);
  const [first, second] = days;
  if (days.length !== 2 || first === undefined || second === undefined) return text;
  const isStart = asks(thought, /^(?:start|begin|beginning|from|first)$/);
  const isEnd = asks(thought, /^(?:end|ending|until|last|to)$/);
  if (isStart === isEnd || !thought.on("range-ends")) return text;
  return isStart ? first : second;
}

function written(text: string, { on }: Thought): string {
  let answer = text;
  const trimmed = answer.replace(/^[^\p{L}\p{N}$€£(#]+|[^\p{L}\p{N}).%]+$/gu, "");
  if (trimmed !== answer && trimmed !== "" && on("trim-marks")) answer = trimmed;
  const mended = answer.split(" ").map(mendedNumber).join(" ");
  if (mended !== answer && on("lookalikes")) answer = mended;
  const [day] = daysIn(answer);
  const iso = day === undefined ? undefined : isoDay(day);
  if (day !== undefined && iso !== undefined && iso !== day && on("iso-dates")) return iso;
  const [amount] = amountsIn(answer);
  if (amount !== undefined && /\.\d{2}$/.test(amount) && on("round-amounts"))
    return answer.replace(amount, amount.replace(/\.\d{2}$/, ""));
  return answer;
}

const digitOf: Readonly<Record<string, string>> = {
  O: "0",
  o: "0",
  l: "1",
  I: "1",
  S: "5",
  B: "8",
};

/** A word of mostly digits with its letters read as the digits they look like; others as they are. */
function mendedNumber(word: string): string {
  const digits = word.replace(/\D/g, "").length;
  const letters = word.replace(/[^\p{L}]/gu, "");
  const isNumber = letters.length > 0 && digits > letters.length && /^[OolISB]+$/.test(letters);
  return isNumber ? word.replace(/[OolISB]/g, (letter) => digitOf[letter] ?? letter) : word;
}

function collapsed(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Words of answers that stand outside of the mathematics. */

/** Units that are dropped after a number even where they are not marked as text. */
const units = new Set(
  `degree degrees deg cm mm km dm nm inch inches ft foot feet yd yard yards mile miles meter meters metre
  metres kilometer kilometers centimeter centimeters millimeter millimeters kg mg lb lbs oz gram grams kilogram
  kilograms pound pounds ounce ounces ton tons liter liters litre litres ml gallon gallons second seconds sec
  minute minutes min hour hours hr hrs day days week weeks month months year years mph kmh km/h hz dollar
  dollars cent cents euro euros usd unit units square sq cubic cu way ways student students people person
  point points item items piece pieces time times ball balls book books edge edges vertex vertices side sides
  digit digits solution solutions root roots number numbers integer integers radian radians rad`.split(
    /\s+/,
  ),
);

/** Whether a word that follows a number says what is counted or measured. */
export function isUnit(word: string): boolean {
  return units.has(word.toLowerCase());
}

/** Words that mean a hundredth. */
export const percentWords: ReadonlySet<string> = new Set([
  "percent",
  "percents",
  "percentage",
  "pct",
]);

/** Words between the members of a list. */
export const listWords: ReadonlySet<string> = new Set(["and", "or"]);

/** Plain words that stand for a command. */
export const commandWords: ReadonlyMap<string, string> = new Map(
  ["sqrt", "sin", "cos", "tan", "cot", "sec", "csc", "ln", "log", "exp", "pi"].map((word) => [
    word,
    word,
  ]),
);

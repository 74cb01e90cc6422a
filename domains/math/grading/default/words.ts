/** Words of answers: of functions and letters, and those that stand outside of the mathematics. */

/** The words of a text, as a set. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Functions of one argument, which may stand without brackets. */
export const functionNames = wordsOf(
  "sin cos tan cot sec csc arcsin arccos arctan arccot sinh cosh tanh ln log exp",
);

/** Letters that are commands; `pi` is the number. */
export const greek = wordsOf(`
  alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon phi chi psi omega
  Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega ell`);

/** Plain words that stand for a command. */
export const commandWords = wordsOf("sqrt sin cos tan cot sec csc ln log exp pi");

/** Words that mean a hundredth. */
export const percentWords = wordsOf("percent percents percentage pct");

/** Words between the members of a list. */
export const listWords = wordsOf("and or");

/** Units that are dropped after a number even where they are not marked as text. */
const units = wordsOf(`
  degree degrees deg cm mm km dm nm inch inches ft foot feet yd yard yards mile miles meter meters metre
  metres kilometer kilometers centimeter centimeters millimeter millimeters kg mg lb lbs oz gram grams kilogram
  kilograms pound pounds ounce ounces ton tons liter liters litre litres ml gallon gallons second seconds sec
  minute minutes min hour hours hr hrs day days week weeks month months year years mph kmh km/h hz dollar
  dollars cent cents euro euros usd unit units square sq cubic cu way ways student students people person
  point points item items piece pieces time times ball balls book books edge edges vertex vertices side sides
  digit digits solution solutions root roots number numbers integer integers radian radians rad`);

/** Whether a word that follows a number says what is counted or measured. */
export function isUnit(word: string): boolean {
  return units.has(word.toLowerCase());
}

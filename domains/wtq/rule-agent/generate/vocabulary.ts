import type { Rng } from "../../../../harness/contracts/index.ts";
import { shuffled } from "../../../../harness/models/rule-based/kit.ts";

// All names are made up: two halves joined, or a short list that belongs to no real place, club or person.
/** The words of a text. */
const words = (text: string): readonly string[] => text.split(/\s+/);

const halves = {
  town: [
    words(
      `Alder Brim Cass Dun Esk Fenn Gorse Hollin Ister Kell Lang Merrow Nether Oster Pell Quar`,
    ),
    words(`wick ford holme mouth stead bury combe thorpe gate hampton`),
  ],
  surname: [
    words(`Ar Bel Cor Dal Er Fal Gri Hal Is Jor Kar Lo Mar Nor Or Pa Ru Sa Ta Vi`),
    words(`dane lund mont vik berg sen well rick lotti quist nova`),
  ],
  thing: [
    words(`Silver Quiet Paper Winter Golden Broken Northern Hidden Crimson Second Hollow Little`),
    words(`Harbour Orchard Engine Letter River Station Garden Lantern Summer Island Window Parade`),
  ],
} as const;
const firstNames =
  words(`Ada Bruno Clea Dario Elin Felix Greta Hugo Ines Jonas Kaja Luca Mira Nils Olga Piet Runa
  Sven Tilda Ugo`);

/** Invented countries with the codes that stand behind the names of athletes. */
export const countries = [
  ["Averland", "AVE"],
  ["Borrovia", "BOR"],
  ["Cestria", "CES"],
  ["Dalmora", "DAL"],
  ["Estmark", "EST"],
  ["Fjoren", "FJO"],
  ["Galdia", "GAL"],
  ["Hestria", "HES"],
  ["Ilmarra", "ILM"],
  ["Korvania", "KOR"],
  ["Lutenia", "LUT"],
  ["Morwenia", "MOR"],
] as const;

/** Distinct invented names of a kind. */
export function names(kind: keyof typeof halves | "person", count: number, rng: Rng): string[] {
  const all =
    kind === "person"
      ? joined(halves.surname, "").flatMap((surname) => {
          const first = firstNames[Math.floor(rng.next() * firstNames.length)];
          return `${first} ${surname}`;
        })
      : joined(halves[kind], kind === "thing" ? " " : "");
  return shuffled(all, rng).slice(0, count);
}

function joined(parts: readonly [readonly string[], readonly string[]], between: string): string[] {
  return parts[0].flatMap((first) => parts[1].map((second) => `${first}${between}${second}`));
}

/** One of a list. */
export function oneOf<Item>(items: readonly Item[], rng: Rng): Item {
  const item = items[Math.floor(rng.next() * items.length)];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
}

/** A whole number from `low` to `high`, both included. */
export function wholeBetween(low: number, high: number, rng: Rng): number {
  return low + Math.floor(rng.next() * (high - low + 1));
}

import type { Rng } from "../../../../harness/contracts/index.ts";
import { pick, shuffled } from "../../../../harness/models/rule-based/kit.ts";

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

/** Invented countries. */
export const countries = words(
  `Averland Borrovia Cestria Dalmora Estmark Fjoren Galdia Hestria Ilmarra Korvania Lutenia Morwenia`,
);

/** A name with the code of a country behind it, as athletes have it. */
export function coded(name: string, country: string): string {
  return `${name} (${country.slice(0, 3).toUpperCase()})`;
}

/** Distinct invented names of a kind. */
export function names(kind: keyof typeof halves | "person", count: number, rng: Rng): string[] {
  const all =
    kind === "person"
      ? joined(halves.surname, "").map((surname) => `${pick(rng, firstNames)} ${surname}`)
      : joined(halves[kind], kind === "thing" ? " " : "");
  return shuffled(all, rng).slice(0, count);
}

function joined(parts: readonly [readonly string[], readonly string[]], between: string): string[] {
  return parts[0].flatMap((first) => parts[1].map((second) => `${first}${between}${second}`));
}

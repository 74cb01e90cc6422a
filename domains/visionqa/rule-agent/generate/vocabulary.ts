import type { Rng } from "../../../../harness/contracts/index.ts";
import { between, pick } from "../../../../harness/models/rule-based/kit.ts";
import { digits } from "./draw.ts";

const givenNames = [
  "Adela",
  "Bram",
  "Corinne",
  "Dagny",
  "Edmund",
  "Farah",
  "Gideon",
  "Harriet",
  "Ivo",
  "Jolanda",
  "Kasper",
  "Leonie",
  "Magnus",
  "Nadia",
  "Osric",
  "Petra",
  "Quentin",
  "Rosalind",
  "Stellan",
  "Tamsin",
  "Ulrich",
  "Verena",
  "Wilma",
  "Yannick",
  "Zelda",
];
const familyNames = [
  "Abernethy",
  "Brandvold",
  "Castellan",
  "Drummond",
  "Eastwick",
  "Fairholm",
  "Greaves",
  "Hollister",
  "Ingram",
  "Jessop",
  "Kettering",
  "Lindqvist",
  "Marchetti",
  "Northcott",
  "Oakeshott",
  "Penrose",
  "Quimby",
  "Ravenhill",
  "Sorensen",
  "Thackeray",
  "Underhill",
  "Vandermeer",
  "Whitlock",
  "Yarborough",
];
const firmWords = [
  "Alder",
  "Beacon",
  "Cobalt",
  "Dunmore",
  "Elmfield",
  "Foxglove",
  "Granite",
  "Harbor",
  "Ironbridge",
  "Juniper",
  "Kestrel",
  "Lowland",
  "Meridian",
  "Northgate",
  "Orchard",
  "Pinecrest",
  "Quarry",
  "Redwood",
  "Silverlake",
  "Thornbury",
  "Upland",
  "Vineyard",
  "Westmere",
];
const firmKinds = [
  "Paper Mills",
  "Instruments",
  "Shipping Company",
  "Laboratories",
  "Tool Works",
  "Printing House",
  "Research Institute",
  "Trading Company",
  "Glass Works",
  "Seed Company",
  "Brewing Company",
];
const firmForms = ["Inc.", "Ltd.", "& Sons", "LLC"];
const streetNames = [
  "Chapel Street",
  "Mill Road",
  "Station Road",
  "Orchard Lane",
  "Harbor Avenue",
  "Quarry Hill",
  "Linden Avenue",
  "Foundry Street",
  "Bridge Street",
  "Garden Row",
  "Lantern Court",
];
const townNames = [
  "Ashcombe",
  "Brightwater",
  "Calder Falls",
  "Dunwich Mills",
  "Eastbourne Park",
  "Fernley",
  "Glenrock",
  "Hartsville",
  "Kingsford",
  "Larkspur",
  "Millbrook",
  "Newhaven Bay",
  "Oakdale",
  "Riverton",
];
const stateCodes = ["VT", "OH", "NC", "WA", "ME", "IA", "KY", "NJ"];

/** A person's name. */
export function person(rng: Rng): string {
  const initial = pick(rng, [..."ABCDEFGHJKLMNPRSTW"]);
  return `${pick(rng, givenNames)} ${initial}. ${pick(rng, familyNames)}`;
}

/** A firm's name. */
export function firm(rng: Rng): string {
  return `${pick(rng, firmWords)} ${pick(rng, firmKinds)} ${pick(rng, firmForms)}`;
}

/** A firm's name without its legal form, for shops. */
export function shop(rng: Rng): string {
  const kinds = [
    "Hardware",
    "Stationers",
    "Bakery",
    "Garden Center",
    "Pharmacy",
    "Bookshop",
    "Grocery",
  ];
  return `${pick(rng, firmWords)} ${pick(rng, kinds)}`;
}

/** An address in two lines. */
export function address(rng: Rng): readonly [string, string] {
  return [
    `${between(rng, 11, 989)} ${pick(rng, streetNames)}`,
    `${pick(rng, townNames)}, ${pick(rng, stateCodes)} ${digits(rng, 5)}`,
  ];
}

export function telephone(rng: Rng): string {
  return `(${digits(rng, 3)}) 555-${digits(rng, 4)}`;
}

export const towns: readonly string[] = townNames;

export const jobTitles: readonly string[] = [
  "Director of Research",
  "Purchasing Manager",
  "Regional Manager",
  "Chief Chemist",
  "Secretary",
  "Vice President",
  "Head of Accounts",
  "Librarian",
  "Plant Engineer",
];

export const subjects: readonly string[] = [
  "Delivery of filter paper samples",
  "Renewal of the storage contract",
  "Repair of the packing line",
  "Survey of the north warehouse",
  "Revised budget for field trials",
  "Visit to the testing station",
  "Return of damaged crates",
  "Order of laboratory glassware",
  "Change of the payment terms",
];

/** Things that are sold by the piece, with a price in cents. */
export const goods: readonly (readonly [string, number])[] = [
  ["Copper pipe 15 mm", 1240],
  ["Desk lamp, green", 3895],
  ["Filing cabinet", 18950],
  ["Glass beaker 500 ml", 875],
  ["Hand truck", 12400],
  ["Ink cartridge, black", 2650],
  ["Label printer", 21475],
  ["Mailing tubes, box", 1835],
  ["Office chair", 16790],
  ["Packing tape, roll", 345],
  ["Rubber gloves, pair", 290],
  ["Steel shelf", 8460],
  ["Storage crate", 1975],
  ["Test tube rack", 1125],
  ["Timer switch", 2380],
  ["Toner, large", 7940],
  ["Wall clock", 3215],
  ["Work apron", 1565],
];

/** Things in a shopping basket, with a price in cents. */
export const groceries: readonly (readonly [string, number])[] = [
  ["RYE BREAD", 385],
  ["OAT MILK 1L", 249],
  ["GREEN TEA", 410],
  ["BATTERIES AA", 699],
  ["LIGHT BULB", 450],
  ["NOTEBOOK A5", 325],
  ["BALL PEN BLUE", 180],
  ["PLANT POT", 890],
  ["POTTING SOIL", 745],
  ["HONEY 500G", 620],
  ["WOOD SCREWS", 365],
  ["PAINT BRUSH", 540],
  ["TAPE MEASURE", 1150],
  ["HAND CREAM", 475],
  ["DISH CLOTHS", 299],
  ["APPLE JUICE", 215],
  ["CANDLES", 560],
  ["ENVELOPES", 240],
];

import type { Rng } from "../../../../harness/contracts/index.ts";
import { between, pick } from "../../../../harness/models/rule-based/kit.ts";
import { type Asked, ask, type Kind, LETTER, mess, Pen } from "./document.ts";
import { amount, type DayStyle, day, dayText, digits, happens, later } from "./draw.ts";
import { address, firm, jobTitles, person, telephone, towns } from "./vocabulary.ts";

interface Field {
  readonly caption: string;
  readonly value: string;
  readonly kind: Asked["kind"];
  readonly question?: string;
  readonly also?: readonly string[];
  /** Asked for in place of the value, by what they are called. */
  readonly dates?: Readonly<Record<string, string>>;
}

/** A form that was filled in: captions above boxes, or in front of dotted lines. */
export const form: Kind = (rng) => {
  const pen = new Pen("sans-serif");
  const title = pick(rng, [
    "APPLICATION FOR MEMBERSHIP",
    "EQUIPMENT REQUEST FORM",
    "TRAVEL REQUEST",
    "SAMPLE SUBMISSION FORM",
    "REGISTRATION OF VISITORS",
  ]);
  pen.text(500, 90, title, 34, { bold: true, anchor: "middle" });
  const number = `${pick(rng, ["F", "R", "T"])}-${digits(rng, 5)}`;
  pen.text(910, 140, `Form No. ${number}`, 21, { anchor: "end" });
  pen.text(90, 140, firm(rng), 21);
  pen.rule(90, 910, 160, 2.5);

  const applicant = person(rng);
  const fields = fieldsOf(rng, applicant);
  const isBoxed = happens(rng, 0.5);
  for (const [index, { caption, value }] of fields.entries()) {
    if (isBoxed) {
      const [x, y] = [90 + (index % 2) * 420, 200 + Math.floor(index / 2) * 118];
      pen.text(x, y + 18, caption, 19);
      pen.box(x, y + 28, 400, 54);
      pen.text(x + 14, y + 64, value, 24, { font: "monospace" });
    } else {
      const y = 225 + index * 62;
      pen.text(90, y, `${caption}:`, 22);
      pen.text(430, y, value, 24, { font: "monospace" });
      pen.rule(420, 910, y + 9, 1);
    }
  }
  const end = isBoxed ? 200 + Math.ceil(fields.length / 2) * 118 : 225 + fields.length * 62;
  const options = ["Standard", "Express", "Overnight"];
  const chosen = pick(rng, options);
  pen.text(90, end + 45, "Service:", 22);
  for (const [index, option] of options.entries()) {
    const x = 260 + index * 210;
    pen.box(x, end + 24, 24, 24);
    if (option === chosen) pen.text(x + 3, end + 45, "X", 25, { bold: true });
    pen.text(x + 36, end + 45, option, 22);
  }
  const filed = dayText(day(rng), "stamp");
  if (happens(rng, 0.5)) pen.stamp(540, end + 110, between(rng, -4, 4), "APPROVED", filed);
  pen.text(90, end + 150, "Signature of applicant", 19);
  pen.text(110, end + 205, applicant, 32, { italic: true, font: "serif" });
  pen.rule(90, 470, end + 215, 1);

  const stamped = pen.marks.some(({ kind }) => kind === "stamp");
  const asked = [
    ask("key-value", "What is the form number?", number),
    ...fields.flatMap(askedOf),
    ...(stamped ? [ask("stamp", "On what date was the form approved?", filed)] : []),
  ];
  return { sheet: { ...LETTER, marks: pen.marks, mess: mess(rng) }, asked };
};

function askedOf({ caption, value, kind, question, also = [], dates }: Field): readonly Asked[] {
  const asked = question ?? `What is the ${caption.toLowerCase()}?`;
  if (dates === undefined) return [ask(kind, asked, value, ...also)];
  return Object.entries(dates).map(([name, date]) =>
    ask(kind, `What is the ${name.toLowerCase()}?`, date),
  );
}

function fieldsOf(rng: Rng, applicant: string): readonly Field[] {
  const [street, town] = address(rng);
  const cost = amount(between(rng, 40, 4200) * 100);
  const all: readonly Field[] = [
    { caption: "Name of applicant", value: applicant, kind: "key-value" },
    {
      caption: "Department",
      value: pick(rng, ["Botany", "Accounts", "Quality Control", "Field Services", "Archives"]),
      kind: "key-value",
    },
    { caption: "Position", value: pick(rng, jobTitles), kind: "key-value" },
    { caption: "Employee number", value: digits(rng, 6), kind: "key-value" },
    {
      caption: "Telephone",
      value: telephone(rng),
      kind: "key-value",
      question: "What is the telephone number?",
    },
    {
      caption: "Street",
      value: street,
      kind: "key-value",
      question: "What street is given on the form?",
    },
    { caption: "City and state", value: town, kind: "key-value" },
    { caption: "Destination", value: pick(rng, towns), kind: "key-value" },
    ...datesOf(rng),
    { caption: "Estimated cost", value: `$${cost}`, kind: "key-value", also: [cost] },
    { caption: "Account code", value: `${digits(rng, 3)}-${digits(rng, 4)}`, kind: "key-value" },
  ];
  const left = between(rng, 0, 3);
  return all.filter((_, index) => index % 4 !== left);
}

/** Two fields with a day each, or one with both; the questions are the same. */
function datesOf(rng: Rng): readonly Field[] {
  const style = pick<DayStyle>(rng, ["slashes", "iso", "long"]);
  const start = day(rng);
  const [first, last] = [start, later(start, between(rng, 3, 30))].map((it) => dayText(it, style));
  const dates = { "Start date": first ?? "", "End date": last ?? "" };
  // Two long dates are too wide for a box.
  if (style === "long" || happens(rng, 0.4))
    return Object.entries(dates).map(([caption, value]) => ({ caption, value, kind: "date" }));
  const caption = pick(rng, ["Period", "Dates of travel", "Dates of use"]);
  return [{ caption, value: Object.values(dates).join(" - "), kind: "date", dates }];
}

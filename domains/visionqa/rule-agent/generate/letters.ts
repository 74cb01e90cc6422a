import { between, pick } from "../../../../harness/models/rule-based/kit.ts";
import { ask, type Kind, LETTER, mess, Pen, wrapped } from "./document.ts";
import { amount, type DayStyle, day, dayText, digits, happens, later } from "./draw.ts";
import { address, firm, jobTitles, person, subjects, telephone } from "./vocabulary.ts";

/** A business letter: letterhead, date, reference, addressee, subject, text, signature, sometimes a stamp. */
export const letter: Kind = (rng) => {
  const pen = new Pen(pick(rng, ["serif", "sans-serif"]));
  const [from, to, addressee, signer] = [firm(rng), firm(rng), person(rng), person(rng)];
  const [street, town] = address(rng);
  const phone = telephone(rng);
  pen.text(500, 95, from, 36, { bold: true, anchor: "middle" });
  pen.text(500, 130, `${street}, ${town}`, 20, { anchor: "middle" });
  pen.text(500, 158, `Telephone ${phone}`, 20, { anchor: "middle" });
  pen.rule(90, 910, 178, 2.5);

  const written = day(rng);
  const style = pick<DayStyle>(rng, ["long", "day-first", "iso"]);
  const reference = `${pick(rng, ["KD", "MB", "RT", "WH"])}/${digits(rng, 4)}-${between(rng, 1, 9)}`;
  pen.text(100, 230, dayText(written, style), 23);
  pen.text(100, 266, `Our ref: ${reference}`, 23);

  const [toStreet, toTown] = address(rng);
  for (const [index, line] of [addressee, to, toStreet, toTown].entries())
    pen.text(100, 325 + index * 32, line, 23);
  const subject = pick(rng, subjects);
  pen.text(100, 490, `Subject: ${subject}`, 23, { bold: true });
  pen.text(100, 545, `Dear ${addressee.split(" ")[0]},`, 23);

  const cost = `$${amount(between(rng, 120, 9800) * 100 + pick(rng, [0, 25, 50, 75]))}`;
  const meeting = dayText(later(written, between(rng, 12, 40)), style);
  const samples = between(rng, 14, 96);
  const paragraphs = [
    `Thank you for your letter. We have looked at the matter and can offer to do the work for ${cost}, which includes carriage to your door.`,
    `Our engineers examined ${samples} samples last month and found no faults. A full report is enclosed with this letter.`,
    `May I suggest that we meet on ${meeting} at our office to settle what is still open? Please let us know by telephone whether this suits you.`,
  ];
  let y = 595;
  for (const paragraph of paragraphs) {
    for (const line of wrapped(paragraph, 66)) {
      pen.text(100, y, line, 23);
      y += 34;
    }
    y += 20;
  }
  const title = pick(rng, jobTitles);
  pen.text(100, y + 20, "Yours sincerely,", 23);
  pen.text(110, y + 72, signer, 30, { italic: true, font: "serif" });
  pen.text(100, y + 118, signer, 23);
  pen.text(100, y + 150, title, 23);

  const received = dayText(later(written, between(rng, 2, 9)), "stamp");
  const isStamped = happens(rng, 0.6);
  if (isStamped) pen.stamp(610, 268, between(rng, -5, 5), "RECEIVED", received);
  const asked = [
    ask("date", "What is the date of the letter?", dayText(written, style)),
    ask("key-value", "What is the reference number of the letter?", reference),
    ask("text", "Who signed the letter?", signer),
    ask("text", "To whom is the letter addressed?", addressee, `${addressee}, ${to}`),
    ask("key-value", "What is the subject of the letter?", subject),
    ...(isStamped ? [ask("stamp", "On what date was the letter received?", received)] : []),
    ask("text", "What amount is offered in the letter?", cost, cost.slice(1)),
  ];
  return { sheet: { ...LETTER, marks: pen.marks, mess: mess(rng) }, asked };
};

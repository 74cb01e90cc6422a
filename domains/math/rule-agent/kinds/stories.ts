import { fraction, whole } from "../answer.ts";
import type { Kind } from "../kind.ts";

/** Word problems of a few steps. */
export const storyKinds: readonly Kind[] = [
  {
    reads:
      /^\w+ fills (?<a>\d+) trays with (?<b>\d+) buns each\. (?<c>\d+) buns break, and the others are sold for (?<d>\d+) crowns apiece\. How many crowns does \w+ take in\?$/,
    answer: (on) => whole(on("asked-quantity") ? "(a * b - c) * d" : "a * b - c"),
  },
  {
    reads:
      /^\w+ reads (?<a>\d+) pages on the first day and, on each later day, (?<b>\d+) pages more than the day before\. How many pages are that in (?<n>\d+) days\?$/,
    answer: (on) =>
      fraction(on("fence-posts") ? "n * (2 * a + (n - 1) * b)" : "n * (2 * a + n * b)", "2"),
  },
  {
    reads:
      /^A school hires (?<a>\d+) buses with (?<b>\d+) seats each\. (?<c>\d+) seats stay empty, and (?<d>\d+) of the travellers are adults\. How many children travel\?$/,
    answer: (on) => whole(on("asked-quantity") ? "a * b - c - d" : "a * b - c"),
  },
  {
    reads:
      /^Two riders start from one place in opposite directions, at (?<a>\d+) and (?<b>\d+) kilometers an hour\. How many kilometers apart are they after (?<t>\d+) hours\?$/,
    answer: () => whole("(a + b) * t"),
  },
  {
    reads:
      /^\w+ is (?<a>\d+) years old, and an aunt is (?<b>\d+) times as old\. How old will the aunt be in (?<c>\d+) years\?$/,
    answer: (on) => whole(on("asked-quantity") ? "a * b + c" : "a * b"),
  },
];

/** Contest problems. */
export const contestKinds: readonly Kind[] = [
  {
    reads:
      /^Find the remainder when \$1\^3 \+ 2\^3 \+ \\cdots \+ (?<n>\d+)\^3\$ is divided by \$(?<m>\d+)\$\.$/,
    answer: () => whole("(n * (n + 1) / 2) ^ 2 % m"),
  },
  {
    reads:
      /^How many positive integers less than \$(?<n>\d+)\$ have digits that add up to \$(?<s>\d+)\$\?$/,
    answer: () => whole("digitsums(n - 1, s)"),
  },
  {
    reads:
      /^How many positive integers not greater than \$(?<n>\d+)\$ are divisible by \$(?<a>\d+)\$ or by \$(?<b>\d+)\$\?$/,
    answer(on) {
      const all = "int(n / a) + int(n / b)";
      if (!on("overlap")) return whole(all);
      return whole(`${all} - int(n / ${on("shared-factors") ? "lcm(a, b)" : "(a * b)"})`);
    },
  },
  {
    reads:
      /^How many subsets of \$\\\{1, 2, \\ldots, (?<n>\d+)\\\}\$, the empty one included, have no two members that differ by \$1\$(?<wide> or \$2\$)?\?$/,
    numbers: ({ wide }) => ({ g: wide === undefined ? 1 : 2 }),
    answer: (on) => whole(on("trivial-cases") ? "spaced(n, g)" : "spaced(n, g) - 1"),
  },
];

import { fraction, ofPi, surd, whole, written } from "../answer.ts";
import type { Kind } from "../kind.ts";

/** Lengths, areas, volumes and angles. */
export const geometryKinds: readonly Kind[] = [
  {
    reads:
      /^A right triangle has a leg of length \$(?<a>\d+)\$ and a hypotenuse of length \$(?<c>\d+)\$\. What is its area\?$/,
    answer(on) {
      const other = on("missing-leg") ? "root(c * c - a * a)" : "c";
      return fraction(`a * ${other}`, on("half-area") ? "2" : "1");
    },
  },
  {
    reads:
      /^The legs of a right triangle are \$(?<a>\d+)\$ and \$(?<b>\d+)\$ long\. How long is the hypotenuse\?$/,
    answer: (on) => (on("take-root") ? surd("a * a + b * b") : whole("a * a + b * b")),
  },
  {
    reads:
      /^Two circles with one center have radii \$(?<a>\d+)\$ and \$(?<b>\d+)\$\. What is the area between them, in terms of \$\\pi\$\?$/,
    answer: (on) => ofPi(on("cross-terms") ? "b * b - a * a" : "(b - a) ^ 2"),
  },
  {
    reads:
      /^A sector of a circle with radius \$(?<r>\d+)\$ has an angle of \$(?<d>\d+)\^\\circ\$ at the center\. How long is its arc, in terms of \$\\pi\$\?$/,
    answer: (on) => (on("asked-quantity") ? ofPi("r * d", "180") : ofPi("r * r * d", "360")),
  },
  {
    reads:
      /^How many degrees does each interior angle of a regular polygon with \$(?<n>\d+)\$ sides have\?$/,
    answer: (on) =>
      written({ number: on("asked-quantity") ? "180 - 360 / n" : "360 / n" }, "^\\circ"),
  },
  {
    reads:
      /^What is the distance between the points \$\((?<x>-?\d+), (?<y>-?\d+)\)\$ and \$\((?<p>-?\d+), (?<q>-?\d+)\)\$\?$/,
    answer(on) {
      const squares = "(x - p) ^ 2 + (y - q) ^ 2";
      return on("take-root") ? surd(squares) : whole(squares);
    },
  },
  {
    reads:
      /^A box is \$(?<a>\d+)\$ wide, \$(?<b>\d+)\$ deep and \$(?<c>\d+)\$ high\. How long is the segment between two opposite corners through its middle\?$/,
    answer(on) {
      const squares = "a * a + b * b + c * c";
      return on("take-root") ? surd(squares) : whole(squares);
    },
  },
  {
    reads:
      /^A triangle has its corners at \$\(0, 0\)\$, \$\((?<x>-?\d+), (?<y>-?\d+)\)\$ and \$\((?<p>-?\d+), (?<q>-?\d+)\)\$\. What is its area\?$/,
    answer: (on) => fraction("abs(x * q - y * p)", on("half-area") ? "2" : "1"),
  },
  {
    reads: /^What is the area of an equilateral triangle with sides of length \$(?<a>\d+)\$\?$/,
    answer: (on) => ({
      form: "value",
      above: "a * a",
      below: on("half-area") ? "4" : "2",
      inside: "3",
      times: "",
      isReduced: true,
    }),
  },
  {
    reads:
      /^A rider makes \$(?<v>\d+)\$ kilometers an hour\. How many meters does the rider get in \$(?<t>\d+)\$ minutes\?$/,
    answer: (on) => (on("units-first") ? fraction("v * 1000 * t", "60") : whole("v * t")),
  },
  {
    reads:
      /^Two marks stand at \$(?<a>-?\d+)\$ and at \$(?<b>-?\d+)\$ on the number line\. How far apart are they\?$/,
    answer: () => whole("a - b"),
  },
];

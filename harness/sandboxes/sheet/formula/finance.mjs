/** Interest and payments, lines through points, the normal distribution, and numbers in other bases. */

import { define, gridOf, numberOr, numbersOf, whole } from "./arguments.mjs";
import { total } from "./maths.mjs";
import { errors, finite, toNumber, toText, XlError } from "./values.mjs";

/** @type {Map<string, import("./arguments.mjs").Known>} */
export const finance = new Map();

/** @typedef {import("./evaluate.mjs").Context} Context */

/** What payments grow to. @param {number} rate @param {number} periods @param {number} payment @param {number} present @param {number} due 1 at the beginning of a period */
function future(rate, periods, payment, present, due) {
  if (rate === 0) return -present - payment * periods;
  const growth = (1 + rate) ** periods;
  return -present * growth - (payment * (1 + rate * due) * (growth - 1)) / rate;
}

/** @param {number} rate @param {number} periods @param {number} present @param {number} left @param {number} due */
function payment(rate, periods, present, left, due) {
  if (periods === 0) throw errors.num;
  if (rate === 0) return -(present + left) / periods;
  const growth = (1 + rate) ** periods;
  return (-rate * (present * growth + left)) / ((1 + rate * due) * (growth - 1));
}

/** @param {any} due */
function dueOf(due) {
  return numberOr(due, 0) === 0 ? 0 : 1;
}
define(finance, "FV", "v", 3, 5, ([rate, periods, pay, present, due]) =>
  finite(
    future(toNumber(rate), toNumber(periods), toNumber(pay), numberOr(present, 0), dueOf(due)),
  ),
);
define(finance, "PMT", "v", 3, 5, ([rate, periods, present, left, due]) =>
  finite(
    payment(toNumber(rate), toNumber(periods), toNumber(present), numberOr(left, 0), dueOf(due)),
  ),
);
define(finance, "PV", "v", 3, 5, ([rate, periods, pay, left, due]) => {
  const [r, n, p, l] = [toNumber(rate), toNumber(periods), toNumber(pay), numberOr(left, 0)];
  if (r === 0) return -l - p * n;
  const growth = (1 + r) ** n;
  return finite(-(l + (p * (1 + r * dueOf(due)) * (growth - 1)) / r) / growth);
});
define(finance, "NPER", "v", 3, 5, ([rate, pay, present, left, due]) => {
  const [r, p, v, l] = [toNumber(rate), toNumber(pay), toNumber(present), numberOr(left, 0)];
  if (r === 0) return p === 0 ? errors.num : -(v + l) / p;
  const per = p * (1 + r * dueOf(due));
  return finite(Math.log((per - l * r) / (v * r + per)) / Math.log(1 + r));
});

/** The interest of one period. @param {number} rate @param {number} period @param {number} periods @param {number} present @param {number} left @param {number} due */
function interest(rate, period, periods, present, left, due) {
  if (period < 1 || period > periods) throw errors.num;
  const pay = payment(rate, periods, present, left, due);
  if (due === 1 && period === 1) return 0;
  const owed = future(rate, period - 1, pay, present, due) * rate;
  return due === 1 ? owed / (1 + rate) : owed;
}
/** @param {any[]} args @returns {[number, number, number, number, number, number]} */
function loan([rate, period, periods, present, left, due]) {
  return [
    toNumber(rate),
    toNumber(period),
    toNumber(periods),
    toNumber(present),
    numberOr(left, 0),
    dueOf(due),
  ];
}
define(finance, "IPMT", "v", 4, 6, (args) => finite(interest(...loan(args))));
define(finance, "PPMT", "v", 4, 6, (args) => {
  const [rate, , periods, present, left, due] = loan(args);
  return finite(payment(rate, periods, present, left, due) - interest(...loan(args)));
});

/** A rate at which `worth` is nothing, found by halving between bounds of unlike signs. @param {(rate: number) => number} worth */
function rateOf(worth) {
  const steps = [-0.9999, -0.9, -0.5, -0.2, 0, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100, 1000];
  for (let i = 0; i + 1 < steps.length; i++) {
    let [low = 0, high = 0] = [steps[i], steps[i + 1]];
    const sign = Math.sign(worth(low));
    if (sign === 0) return low;
    if (sign === Math.sign(worth(high)) || !Number.isFinite(worth(high))) continue;
    for (let round = 0; round < 200; round++) {
      const middle = (low + high) / 2;
      if (Math.sign(worth(middle)) === sign) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  }
  throw errors.num;
}
define(finance, "RATE", "v", 3, 6, ([periods, pay, present, left, due]) => {
  const [n, p, v, l] = [toNumber(periods), toNumber(pay), toNumber(present), numberOr(left, 0)];
  return rateOf((rate) => future(rate, n, p, v, dueOf(due)) - l);
});
define(finance, "NPV", "vr", 2, 255, ([rate, ...rest], context) => {
  const r = toNumber(rate);
  if (r === -1) return errors.div;
  return finite(total(numbersOf(rest, context).map((value, i) => value / (1 + r) ** (i + 1))));
});
define(finance, "IRR", "rv", 1, 2, ([values], context) => {
  const flows = numbersOf([values], context);
  return rateOf((rate) => total(flows.map((flow, i) => flow / (1 + rate) ** i)));
});

/** @param {any} values @param {any} days @param {Context} context */
function dated(values, days, context) {
  const [flows, dates] = [numbersOf([values], context), numbersOf([days], context)];
  if (flows.length !== dates.length || flows.length === 0) throw errors.num;
  return (/** @type {number} */ rate) =>
    total(flows.map((flow, i) => flow / (1 + rate) ** (((dates[i] ?? 0) - (dates[0] ?? 0)) / 365)));
}
define(finance, "XNPV", "vrr", 3, 3, ([rate, values, days], context) =>
  finite(dated(values, days, context)(toNumber(rate))),
);
define(finance, "XIRR", "rrv", 2, 3, ([values, days], context) =>
  rateOf(dated(values, days, context)),
);
define(finance, "SLN", "v", 3, 3, ([cost, salvage, life]) =>
  toNumber(life) === 0 ? errors.div : (toNumber(cost) - toNumber(salvage)) / toNumber(life),
);
define(
  finance,
  "EFFECT",
  "v",
  2,
  2,
  ([rate, periods]) => (1 + toNumber(rate) / whole(periods)) ** whole(periods) - 1,
);
define(
  finance,
  "NOMINAL",
  "v",
  2,
  2,
  ([rate, periods]) => ((1 + toNumber(rate)) ** (1 / whole(periods)) - 1) * whole(periods),
);

/** Pairs of numbers of two ranges, and their sums of squares. @param {any} ys @param {any} xs @param {Context} context */
function pairs(ys, xs, context) {
  const [a, b] = [gridOf(ys, context).data, gridOf(xs, context).data];
  if (a.length !== b.length) throw errors.na;
  const both = a.flatMap((y, i) => {
    const x = b[i] ?? null;
    if (y instanceof XlError) throw y;
    if (x instanceof XlError) throw x;
    return typeof y === "number" && typeof x === "number" ? [{ x, y }] : [];
  });
  if (both.length === 0) throw errors.div;
  const [mx, my] = [
    total(both.map(({ x }) => x)) / both.length,
    total(both.map(({ y }) => y)) / both.length,
  ];
  return {
    n: both.length,
    mx,
    my,
    xx: total(both.map(({ x }) => (x - mx) ** 2)),
    yy: total(both.map(({ y }) => (y - my) ** 2)),
    xy: total(both.map(({ x, y }) => (x - mx) * (y - my))),
  };
}

/** @param {number} a @param {number} b */
function ratio(a, b) {
  return b === 0 ? errors.div : a / b;
}
define(finance, "CORREL PEARSON", "r", 2, 2, ([a, b], context) => {
  const { xx, yy, xy } = pairs(a, b, context);
  return ratio(xy, Math.sqrt(xx * yy));
});
define(finance, "RSQ", "r", 2, 2, ([a, b], context) => {
  const { xx, yy, xy } = pairs(a, b, context);
  return ratio(xy * xy, xx * yy);
});
define(finance, "SLOPE", "r", 2, 2, ([y, x], context) => {
  const { xx, xy } = pairs(y, x, context);
  return ratio(xy, xx);
});
define(finance, "INTERCEPT", "r", 2, 2, ([y, x], context) => {
  const { xx, xy, mx, my } = pairs(y, x, context);
  return xx === 0 ? errors.div : my - (xy / xx) * mx;
});
define(finance, "FORECAST FORECAST.LINEAR", "vrr", 3, 3, ([at, y, x], context) => {
  const { xx, xy, mx, my } = pairs(y, x, context);
  return xx === 0 ? errors.div : my + (xy / xx) * (toNumber(at) - mx);
});
define(finance, "COVAR COVARIANCE.P", "r", 2, 2, ([a, b], context) => {
  const { n, xy } = pairs(a, b, context);
  return xy / n;
});
define(finance, "COVARIANCE.S", "r", 2, 2, ([a, b], context) => {
  const { n, xy } = pairs(a, b, context);
  return ratio(xy, n - 1);
});

/** The share of a normal distribution below `z`: a series near the middle, a continued fraction far out. @param {number} z */
function normalShare(z) {
  const x = Math.abs(z);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  let above;
  if (x < 4) {
    let [sum, term] = [x, x];
    for (let i = 1; i < 200 && term > sum * 1e-17; i++) {
      term *= (x * x) / (2 * i + 1);
      sum += term;
    }
    above = 0.5 - density * sum;
  } else {
    let fraction = x;
    for (let i = 60; i > 0; i--) fraction = x + i / fraction;
    above = density / fraction;
  }
  return z < 0 ? above : 1 - above;
}

/** @param {number} share */
function normalPlace(share) {
  if (share <= 0 || share >= 1) throw errors.num;
  let [low, high] = [-40, 40];
  for (let i = 0; i < 120; i++) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** @param {any} x @param {any} mean @param {any} spread @param {any} cumulative */
function normal(x, mean, spread, cumulative) {
  const s = toNumber(spread);
  if (s <= 0) throw errors.num;
  const z = (toNumber(x) - toNumber(mean)) / s;
  return toNumber(cumulative) !== 0
    ? normalShare(z)
    : Math.exp((-z * z) / 2) / (s * Math.sqrt(2 * Math.PI));
}
define(finance, "NORM.DIST NORMDIST", "v", 4, 4, ([x, mean, spread, cumulative]) =>
  normal(x, mean, spread, cumulative),
);
define(finance, "NORM.S.DIST", "v", 2, 2, ([z, cumulative]) => normal(z, 0, 1, cumulative));
define(finance, "NORMSDIST", "v", 1, 1, ([z]) => normalShare(toNumber(z)));
define(
  finance,
  "NORM.INV NORMINV",
  "v",
  3,
  3,
  ([share, mean, spread]) => toNumber(mean) + toNumber(spread) * normalPlace(toNumber(share)),
);
define(finance, "NORM.S.INV NORMSINV", "v", 1, 1, ([share]) => normalPlace(toNumber(share)));
define(finance, "STANDARDIZE", "v", 3, 3, ([x, mean, spread]) =>
  toNumber(spread) <= 0 ? errors.num : (toNumber(x) - toNumber(mean)) / toNumber(spread),
);

/** Bases by the letters in the names of their functions, each with the number that has ten digits there. */
const bases = new Map([
  ["BIN", { base: 2, span: 2 ** 10 }],
  ["OCT", { base: 8, span: 2 ** 30 }],
  ["HEX", { base: 16, span: 2 ** 40 }],
]);
for (const [name, { base, span }] of bases) {
  define(finance, `${name}2DEC`, "v", 1, 1, ([digits]) => valueIn(digits, base, span));
  define(finance, `DEC2${name}`, "v", 1, 2, ([number, places]) =>
    digitsIn(whole(number), base, span, places),
  );
  for (const [other, to] of bases)
    if (other !== name)
      define(finance, `${name}2${other}`, "v", 1, 2, ([digits, places]) =>
        digitsIn(valueIn(digits, base, span), to.base, to.span, places),
      );
}

/** @param {any} digits @param {number} base @param {number} span */
function valueIn(digits, base, span) {
  const text = toText(digits ?? null);
  const number = text === "" ? 0 : Number.parseInt(text, base);
  if (
    text.length > 10 ||
    (text !== "" && number.toString(base).padStart(text.length, "0") !== text.toLowerCase())
  )
    throw errors.num;
  return number >= span / 2 ? number - span : number;
}

/** @param {number} number @param {number} base @param {number} span @param {any} places */
function digitsIn(number, base, span, places) {
  if (number < -span / 2 || number >= span / 2) throw errors.num;
  const text = (number < 0 ? number + span : number).toString(base).toUpperCase();
  const wide = whole(places);
  if (places !== undefined && number >= 0 && wide < text.length) throw errors.num;
  return number < 0 ? text : text.padStart(Math.min(wide, 10), "0");
}
define(finance, "BASE", "v", 2, 3, ([number, radix, least]) => {
  const base = whole(radix);
  if (base < 2 || base > 36 || toNumber(number ?? null) < 0) return errors.num;
  return whole(number)
    .toString(base)
    .toUpperCase()
    .padStart(Math.min(whole(least), 255), "0");
});

const romans = /** @type {const} */ ([
  [1000, "M"],
  [900, "CM"],
  [500, "D"],
  [400, "CD"],
  [100, "C"],
  [90, "XC"],
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
]);
define(finance, "ROMAN", "v", 1, 1, ([number]) => {
  let left = whole(number);
  if (left < 0 || left > 3999) return errors.value;
  let text = "";
  for (const [worth, sign] of romans) for (; left >= worth; left -= worth) text += sign;
  return text;
});
define(finance, "ARABIC", "v", 1, 1, ([text]) => {
  let left = toText(text ?? null)
    .trim()
    .toUpperCase();
  let number = 0;
  for (const [worth, sign] of romans)
    for (; left.startsWith(sign); left = left.slice(sign.length)) number += worth;
  return left === "" ? number : errors.value;
});

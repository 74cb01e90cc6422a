/** Every function that formulas may call. */

import { arrays } from "./arrays.mjs";
import { dates } from "./dates.mjs";
import { finance } from "./finance.mjs";
import { logic } from "./logic.mjs";
import { lookup } from "./lookup.mjs";
import { maths } from "./maths.mjs";
import { statistics } from "./statistics.mjs";
import { texts } from "./texts.mjs";
import { totalsOf } from "./totals.mjs";

const direct = new Map([
  ...logic,
  ...maths,
  ...statistics,
  ...lookup,
  ...texts,
  ...dates,
  ...arrays,
  ...finance,
]);

/** By name in capitals, without the marks of files. @type {ReadonlyMap<string, import("./arguments.mjs").Known>} */
export const functions = new Map([...direct, ...totalsOf(direct)]);

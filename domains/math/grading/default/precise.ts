import { createRequire } from "node:module";
import type { BigNumber, MathJsInstance } from "mathjs";
import type { Arithmetic } from "./evaluate.ts";

/** Significant digits of the close look. */
const PRECISION = 50;

/** Arguments past this would need digits of pi beyond the precision. */
const LARGEST_ANGLE = 1e12;

let made: Arithmetic<BigNumber> | undefined;

/**
 * The close look: decimals of 50 digits, by mathjs.
 *
 * mathjs is loaded at the first call: it takes longer than thousands of comparisons, and few come so far.
 */
export function precise(): Arithmetic<BigNumber> {
  made ??= make();
  return made;
}

function make(): Arithmetic<BigNumber> {
  const mathjs: MathJsInstance & { BigNumberDependencies: object } = createRequire(import.meta.url)(
    "mathjs",
  );
  const { create, BigNumberDependencies } = mathjs;
  const math = create(BigNumberDependencies as never, {
    number: "BigNumber",
    precision: PRECISION,
  });
  // The instance's own constructor carries its precision; its declared type is of no use here.
  const Big = (math as unknown as { BigNumber: BigNumberClass }).BigNumber;
  const nothing = new Big(Number.NaN);
  const angle = (of: BigNumber) => (of.abs().gt(LARGEST_ANGLE) ? nothing : of);
  const functions: Readonly<Record<string, (of: BigNumber) => BigNumber>> = {
    sin: (of) => angle(of).sin(),
    cos: (of) => angle(of).cos(),
    arcsin: (of) => of.asin(),
    arccos: (of) => of.acos(),
    arctan: (of) => of.atan(),
    sinh: (of) => angle(of).sinh(),
    cosh: (of) => angle(of).cosh(),
    tanh: (of) => angle(of).tanh(),
    ln: (of) => (of.isZero() ? nothing : of.ln()),
    abs: (of) => of.abs(),
    floor: (of) => of.floor(),
    ceiling: (of) => of.ceil(),
  };
  return {
    of: ({ num, den }) =>
      den === 1n ? new Big(num.toString()) : new Big(num.toString()).div(den.toString()),
    pi: Big.acos(-1),
    e: Big.exp(1),
    add: (a, b) => a.add(b),
    multiply: (a, b) => a.mul(b),
    divide: (a, b) => (b.isZero() ? nothing : a.div(b)),
    magnitude: (a) => a.abs(),
    power: (base, exponent) => base.pow(exponent),
    root: (of, index) => {
      if (index === 2) return of.sqrt();
      if (of.isNegative())
        return index % 2 === 1 ? of.neg().pow(new Big(1).div(index)).neg() : nothing;
      return of.pow(new Big(1).div(index));
    },
    call: (name, of) => functions[name]?.(of) ?? nothing,
  };
}

interface BigNumberClass {
  new (value: number | string): BigNumber;
  acos(value: number): BigNumber;
  exp(value: number): BigNumber;
}

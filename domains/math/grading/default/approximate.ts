import { createRequire } from "node:module";
import type { BigNumber, MathJsInstance } from "mathjs";
import { type Arithmetic, sampledRational } from "./arithmetic.ts";
import { exactCall } from "./exact.ts";
import { type Rational, toNumber } from "./rational.ts";

/** Sines of larger angles need digits of pi beyond the precision. */
const LARGEST_ANGLE = { double: 1e6, digits: 1e12 };

const angular = (of: number, compute: (of: number) => number) =>
  Math.abs(of) > LARGEST_ANGLE.double ? Number.NaN : compute(of);

const doubleFunctions: Readonly<Record<string, (of: number) => number>> = {
  sin: (of) => angular(of, Math.sin),
  cos: (of) => angular(of, Math.cos),
  arcsin: Math.asin,
  arccos: Math.acos,
  arctan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  ln: (of) => (of > 0 ? Math.log(of) : Number.NaN),
  abs: Math.abs,
  floor: Math.floor,
  ceiling: Math.ceil,
};

/** The quick look: double precision. */
export function doubles(sample: number): Arithmetic<number> {
  const symbol = (name: string) => toNumber(sampledRational(name, sample));
  const power = (base: number, exponent: number) => base ** exponent;
  return {
    of: toNumber,
    symbol,
    constant: (name) => (name === "pi" ? Math.PI : Math.E),
    add: (a, b) => a + b,
    multiply: (a, b) => a * b,
    divide: (a, b) => (b === 0 ? Number.NaN : a / b),
    power,
    root: (of, index) =>
      of < 0 && index % 2 === 1
        ? -power(-of, 1 / index)
        : index === 2
          ? Math.sqrt(of)
          : power(of, 1 / index),
    call(name, args) {
      const [of = Number.NaN] = args;
      const compute = args.length === 1 ? doubleFunctions[name] : undefined;
      if (compute !== undefined) return compute(of);
      const whole = args.every(Number.isSafeInteger) ? args.map(BigInt) : [];
      const exact = exactCall(
        name,
        whole.map((num) => ({ num, den: 1n })),
      );
      if (exact !== undefined) return toNumber(exact);
      return symbol(`${name}(${args.map((arg) => arg.toPrecision(9)).join()})`);
    },
  };
}

/** What is used of the constructor of mathjs' numbers. */
interface BigNumberClass {
  new (value: number | string): BigNumber;
  acos(of: number): BigNumber;
  exp(of: number): BigNumber;
}

/** mathjs' numbers of 60 digits. It is loaded at the first call: that takes longer than thousands of comparisons, and few come so far. */
function bigNumbers(): BigNumberClass {
  if (loaded !== undefined) return loaded;
  const mathjs: MathJsInstance & { BigNumberDependencies: object } = createRequire(import.meta.url)(
    "mathjs",
  );
  const { create, BigNumberDependencies } = mathjs;
  const math = create(BigNumberDependencies as never, { number: "BigNumber", precision: 60 });
  // The instance's own constructor carries its precision; its declared type is of no use here.
  loaded = (math as unknown as { BigNumber: BigNumberClass }).BigNumber;
  return loaded;
}
let loaded: BigNumberClass | undefined;

const nothing = () => new (bigNumbers())(Number.NaN);
const bounded = (of: BigNumber) => (of.abs().gt(LARGEST_ANGLE.digits) ? nothing() : of);

const decimalFunctions: Readonly<Record<string, (of: BigNumber) => BigNumber>> = {
  sin: (of) => bounded(of).sin(),
  cos: (of) => bounded(of).cos(),
  arcsin: (of) => of.asin(),
  arccos: (of) => of.acos(),
  arctan: (of) => of.atan(),
  sinh: (of) => bounded(of).sinh(),
  cosh: (of) => bounded(of).cosh(),
  tanh: (of) => bounded(of).tanh(),
  ln: (of) => (of.isZero() ? nothing() : of.ln()),
  abs: (of) => of.abs(),
  floor: (of) => of.floor(),
  ceiling: (of) => of.ceil(),
};

/** The close look: decimals of 60 digits. */
export function decimals(sample: number): Arithmetic<BigNumber> {
  const Decimal = bigNumbers();
  const of = ({ num, den }: Rational) =>
    den === 1n ? new Decimal(num.toString()) : new Decimal(num.toString()).div(den.toString());
  const symbol = (name: string) => of(sampledRational(name, sample));
  const reciprocal = (a: BigNumber) => new Decimal(1).div(a);
  return {
    of,
    symbol,
    constant: (name) => (name === "pi" ? Decimal.acos(-1) : Decimal.exp(1)),
    add: (a, b) => a.add(b),
    multiply: (a, b) => a.mul(b),
    divide: (a, b) => (b.isZero() ? nothing() : a.div(b)),
    power: (base, exponent) => base.pow(exponent),
    root(radicand, index) {
      if (index.eq(2)) return radicand.sqrt();
      if (!radicand.isNegative()) return radicand.pow(reciprocal(index));
      return index.mod(2).eq(1) ? radicand.neg().pow(reciprocal(index)).neg() : nothing();
    },
    call(name, args) {
      const [first = nothing()] = args;
      const compute = args.length === 1 ? decimalFunctions[name] : undefined;
      if (compute !== undefined) return compute(first);
      const whole = args.every((arg) => arg.isInteger()) ? args.map((arg) => arg.toFixed()) : [];
      const exact = exactCall(
        name,
        whole.map((num) => ({ num: BigInt(num), den: 1n })),
      );
      if (exact !== undefined) return of(exact);
      return symbol(`${name}(${args.map((arg) => arg.toPrecision(30)).join()})`);
    },
  };
}

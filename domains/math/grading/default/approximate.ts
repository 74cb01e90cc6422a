import { createRequire } from "node:module";
import { Fraction } from "fraction.js";
import type { BigNumber, MathJsInstance } from "mathjs";
import { type Approximate, sampledRational } from "./arithmetic.ts";
import { exactCall } from "./exact.ts";
import { toNumber } from "./rational.ts";

/** Functions of one argument: how doubles have them, and what the method of mathjs' numbers is called. */
const functions = {
  sin: [Math.sin, "sin"],
  cos: [Math.cos, "cos"],
  arcsin: [Math.asin, "asin"],
  arccos: [Math.acos, "acos"],
  arctan: [Math.atan, "atan"],
  sinh: [Math.sinh, "sinh"],
  cosh: [Math.cosh, "cosh"],
  tanh: [Math.tanh, "tanh"],
  ln: [Math.log, "ln"],
  abs: [Math.abs, "abs"],
  floor: [Math.floor, "floor"],
  ceiling: [Math.ceil, "ceil"],
} as const;
type FunctionName = keyof typeof functions;

/** Arguments past which these need more digits than there are: of doubles, and of the close look. */
const angular: ReadonlySet<string> = new Set(["sin", "cos", "sinh", "cosh"]);
const LARGEST_ANGLE = { double: 1e6, digits: 1e12 };

/** A kind of numbers, but for the functions by name. */
interface Kind<Value> extends Omit<Approximate<Value>, "call"> {
  known(name: FunctionName, of: Value): Value;
  print(value: Value): string;
}

function withCalls<Value>(kind: Kind<Value>): Approximate<Value> {
  return {
    ...kind,
    call(name, args) {
      const [first, second] = args;
      if (first !== undefined && second === undefined && Object.hasOwn(functions, name))
        return kind.known(name as FunctionName, first);
      const whole = args.flatMap((arg) => kind.whole(arg) ?? []);
      const rationals = whole.map((digits) => new Fraction(BigInt(digits)));
      const exact = rationals.length === args.length ? exactCall(name, rationals) : undefined;
      if (exact !== undefined) return kind.of(exact);
      return kind.symbol(`${name}(${args.map(kind.print).join()})`);
    },
  };
}

/** The quick look: double precision. */
export function doubles(sample: number): Approximate<number> {
  return withCalls({
    of: toNumber,
    symbol: (name) => toNumber(sampledRational(name, sample)),
    constant: (name) => (name === "pi" ? Math.PI : Math.E),
    add: (a, b) => a + b,
    multiply: (a, b) => a * b,
    divide: (a, b) => (b === 0 ? Number.NaN : a / b),
    power: (base, exponent) => base ** exponent,
    root(of, index) {
      if (of < 0 && index % 2 === 1) return -((-of) ** (1 / index));
      return index === 2 ? Math.sqrt(of) : of ** (1 / index);
    },
    known(name, of) {
      if (angular.has(name) && Math.abs(of) > LARGEST_ANGLE.double) return Number.NaN;
      return name === "ln" && of === 0 ? Number.NaN : functions[name][0](of);
    },
    whole: (value) => (Number.isSafeInteger(value) ? String(value) : undefined),
    print: (value) => value.toPrecision(9),
  });
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

/** The close look: decimals of 60 digits. */
export function decimals(sample: number): Approximate<BigNumber> {
  const Decimal = bigNumbers();
  const [one, nothing] = [new Decimal(1), new Decimal(Number.NaN)];
  const of = ({ s, n, d }: Fraction) => new Decimal(String(s * n)).div(String(d));
  return withCalls({
    of,
    symbol: (name) => of(sampledRational(name, sample)),
    constant: (name) => (name === "pi" ? Decimal.acos(-1) : Decimal.exp(1)),
    add: (a, b) => a.add(b),
    multiply: (a, b) => a.mul(b),
    divide: (a, b) => (b.isZero() ? nothing : a.div(b)),
    power: (base, exponent) => base.pow(exponent),
    root(radicand, index) {
      if (index.eq(2)) return radicand.sqrt();
      if (!radicand.isNegative()) return radicand.pow(one.div(index));
      return index.mod(2).eq(1) ? radicand.neg().pow(one.div(index)).neg() : nothing;
    },
    known(name, value) {
      if (angular.has(name) && value.abs().gt(LARGEST_ANGLE.digits)) return nothing;
      return name === "ln" && value.isZero() ? nothing : value[functions[name][1]]();
    },
    whole: (value) => (value.isInteger() ? value.toFixed() : undefined),
    print: (value) => value.toPrecision(30),
  });
}

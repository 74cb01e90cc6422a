import { Fraction } from "fraction.js";
import type { Arithmetic } from "./arithmetic.ts";
import { type Compound, type Expression, operand } from "./expression.ts";
import { type Budget, Unreadable } from "./limits.ts";

/** Functions of an angle, in terms of sine and cosine. */
const angular: Readonly<Record<string, readonly string[]>> = {
  sin: ["sin"],
  cos: ["cos"],
  tan: ["sin", "cos"],
  cot: ["cos", "sin"],
  sec: ["1", "cos"],
  csc: ["1", "sin"],
};

const [minusOne, unit, ten] = [new Fraction(-1), new Fraction(1), new Fraction(10)];
const [hundredth, perDegree] = [new Fraction(1, 100), new Fraction(1, 180)];

/**
 * The value of an expression.
 *
 * @throws {Unreadable} for what is no single value (sets, matrices), and what the arithmetic refuses.
 * @throws {TooHard} past the limits.
 */
export function evaluate<Value>(
  expression: Expression,
  numbers: Arithmetic<Value>,
  budget: Budget,
): Value {
  return at(expression, { numbers, budget }, false);
}

interface Means<Value> {
  readonly numbers: Arithmetic<Value>;
  readonly budget: Budget;
}

/** @param inAngle whether degrees are turned to radians. */
function at<Value>(of: Expression, means: Means<Value>, inAngle: boolean): Value {
  const { numbers, budget } = means;
  budget.spend(1);
  switch (of.kind) {
    case "number":
      return numbers.of(of.value);
    case "constant":
      return of.name === "infinity" ? numbers.symbol(of.name) : numbers.constant(of.name);
    case "symbol":
      return numbers.symbol(of.name);
    case "labelled":
      return numbers.call(`base ${of.base}`, inside(of, means, inAngle));
    case "sum":
      return inside(of, means, inAngle).reduce((a, b) => numbers.add(a, b));
    case "product":
      return inside(of, means, inAngle).reduce((a, b) => numbers.multiply(a, b));
    case "quotient":
      return inside(of, means, inAngle).reduce((a, b) => numbers.divide(a, b));
    case "negative":
      return numbers.multiply(numbers.of(minusOne), at(operand(of), means, inAngle));
    case "percent":
      return numbers.multiply(numbers.of(hundredth), at(operand(of), means, false));
    case "degrees": {
      const degrees = at(operand(of), means, false);
      if (!inAngle) return degrees;
      return numbers.multiply(
        numbers.multiply(degrees, numbers.of(perDegree)),
        numbers.constant("pi"),
      );
    }
    case "power":
      return numbers.power(at(operand(of), means, inAngle), at(operand(of, 1), means, false));
    case "root":
      return numbers.root(at(operand(of), means, false), at(operand(of, 1), means, false));
    case "factorial":
      return numbers.call("factorial", inside(of, means, false));
    case "call":
      return called(of.name, inside(of, means, Object.hasOwn(angular, of.name)), numbers);
    default:
      throw new Unreadable(`a ${of.kind} where a value belongs`);
  }
}

function inside<Value>({ parts }: Compound, means: Means<Value>, inAngle: boolean): Value[] {
  return parts.map((part) => at(part, means, inAngle));
}

function called<Value>(name: string, args: readonly Value[], numbers: Arithmetic<Value>): Value {
  const [first, base] = args;
  if (first === undefined) throw new Unreadable(`${name} of nothing`);
  const quotient = Object.hasOwn(angular, name) ? angular[name] : undefined;
  if (quotient !== undefined) {
    const [above, below] = quotient.map((one) =>
      one === "1" ? numbers.of(unit) : numbers.call(one, [first]),
    );
    return above === undefined || below === undefined
      ? (above ?? first)
      : numbers.divide(above, below);
  }
  if (name === "exp") return numbers.power(numbers.constant("e"), first);
  if (name !== "log") return numbers.call(name, args);
  const divisor = numbers.call("ln", [base ?? numbers.of(ten)]);
  return numbers.divide(numbers.call("ln", [first]), divisor);
}

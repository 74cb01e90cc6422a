import { describe, expect, test } from "vitest";
import {
  logGamma,
  normalCdf,
  normalQuantile,
  studentCdf,
  studentQuantile,
} from "../../../harness/stats/distributions.ts";

const near = 9; // decimals

/** The area under a density from 0 to x, by Simpson's rule: slow, and independent of the code. */
function area(density: (x: number) => number, x: number, steps = 20_000): number {
  const h = x / steps;
  let sum = density(0) + density(x);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * density(i * h);
  return (sum * h) / 3;
}

describe("the normal distribution", () => {
  test.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1, 0.15865525393145707],
    [1.959963984540054, 0.975],
    [-3, 0.0013498980316300946],
    [6, 0.9999999990134123],
  ])("P(Z <= %s) = %s", (z, probability) => {
    expect(normalCdf(z)).toBeCloseTo(probability, 14);
  });

  test("agrees with the area under the density", () => {
    for (const z of [0.1, 0.7, 1.5, 1.73, 1.74, 2.5, 4]) {
      const right = area((x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI), z);
      expect(normalCdf(z)).toBeCloseTo(0.5 + right, 12);
    }
  });

  test("keeps its relative precision far out in the lower tail", () => {
    expect(normalCdf(-10) / 7.61985302416e-24).toBeCloseTo(1, 11);
  });

  test.each([
    [0.975, 1.959963984540054],
    [0.8, 0.8416212335729143],
    [0.5, 0],
    [0.001, -3.090232306167813],
    [0, Number.NEGATIVE_INFINITY],
    [1, Number.POSITIVE_INFINITY],
  ])("the quantile of %s is %s", (probability, z) => {
    expect(normalQuantile(probability)).toBeCloseTo(z, near);
  });

  test("has no quantile of what is no probability", () => {
    expect(() => normalQuantile(1.1)).toThrow(RangeError);
    expect(() => normalQuantile(Number.NaN)).toThrow(RangeError);
  });
});

describe("Student's t", () => {
  const levels = [0.001, 0.025, 0.1, 0.3, 0.6, 0.8, 0.975, 0.9999];

  test("with 1 degree of freedom is Cauchy's distribution", () => {
    for (const p of levels) {
      const right = Math.tan(Math.PI * (p - 0.5));
      expect(studentQuantile(p, 1) / right).toBeCloseTo(1, near);
    }
  });

  test("with 2 degrees of freedom has quantiles in closed form", () => {
    for (const p of levels) {
      expect(studentQuantile(p, 2)).toBeCloseTo((2 * p - 1) / Math.sqrt(2 * p * (1 - p)), near);
    }
  });

  test.each([
    [0.975, 10, 2.2281388519649385],
    [0.975, 30, 2.0422724563012373],
    [0.995, 5, 4.032142983557536],
  ])("the quantile of %s with %s degrees of freedom is %s", (p, df, t) => {
    expect(studentQuantile(p, df)).toBeCloseTo(t, near);
  });

  test("agrees with the area under the density at many degrees of freedom", () => {
    for (const df of [7, 59, 179, 500]) {
      const scale = Math.exp(logGamma((df + 1) / 2) - logGamma(df / 2)) / Math.sqrt(df * Math.PI);
      const density = (x: number) => scale * (1 + (x * x) / df) ** (-(df + 1) / 2);
      for (const t of [0.2, 1, 2.5]) {
        expect(studentCdf(t, df)).toBeCloseTo(0.5 + area(density, t), 11);
        expect(studentCdf(-t, df)).toBeCloseTo(0.5 - area(density, t), 11);
      }
    }
  });

  test("ends in 0 and 1", () => {
    expect(studentCdf(Number.NEGATIVE_INFINITY, 3)).toBe(0);
    expect(studentCdf(Number.POSITIVE_INFINITY, 3)).toBe(1);
  });
});

test("the gamma function is the factorial at whole numbers and known at halves", () => {
  let factorial = 1;
  for (let n = 1; n < 30; n++) {
    expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 11);
    factorial *= n;
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13);
  expect(logGamma(2.5)).toBeCloseTo(Math.log(0.75 * Math.sqrt(Math.PI)), 13);
});

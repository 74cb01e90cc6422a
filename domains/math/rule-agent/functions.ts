/** A function of whole numbers, for this program and for awk. */
export interface NumberFunction {
  value(...of: number[]): number;
  /**
   * Its definition; parameters after the gap are local names. All have two letters and more, those of
   * a problem's numbers one: some shells bind parameters before they have read all arguments.
   */
  readonly awk: string;
  /** Functions that its definition calls. */
  readonly needs: readonly string[];
}

function gcd(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : gcd(b, a % b);
}

/** What formulas may call. */
export const functions: Readonly<Record<string, NumberFunction>> = {
  abs: {
    value: (x = 0) => Math.abs(x),
    awk: "function abs(xx) { return xx < 0 ? -xx : xx }",
    needs: [],
  },
  int: { value: (x = 0) => Math.trunc(x), awk: "", needs: [] },
  gcd: {
    value: (a = 0, b = 0) => gcd(a, b),
    awk: "function gcd(aa, bb,   rr) { while (bb != 0) { rr = aa % bb; aa = bb; bb = rr } return abs(aa) }",
    needs: ["abs"],
  },
  lcm: {
    value: (a = 1, b = 1) => (a / gcd(a, b)) * b,
    awk: "function lcm(aa, bb) { return aa / gcd(aa, bb) * bb }",
    needs: ["gcd"],
  },
  /** The remainder from 0 to below `m`. */
  mod: {
    value: (a = 0, m = 1) => ((a % m) + m) % m,
    awk: "function mod(aa, mm) { return ((aa % mm) + mm) % mm }",
    needs: [],
  },
  choose: {
    value(n = 0, k = 0) {
      let result = 1;
      for (let i = 1; i <= k; i++) result = (result * (n - i + 1)) / i;
      return result;
    },
    awk: "function choose(nn, kk,   ii, rr) { rr = 1; for (ii = 1; ii <= kk; ii++) rr = rr * (nn - ii + 1) / ii; return rr }",
    needs: [],
  },
  factorial: {
    value(n = 0) {
      let result = 1;
      for (let i = 2; i <= n; i++) result *= i;
      return result;
    },
    awk: "function factorial(nn,   ii, rr) { rr = 1; for (ii = 2; ii <= nn; ii++) rr *= ii; return rr }",
    needs: [],
  },
  /** The remainder of `b ^ e` by `m`. */
  powermod: {
    value(b = 0, e = 0, m = 1) {
      let result = 1 % m;
      for (let i = 0; i < e; i++) result = (result * b) % m;
      return result;
    },
    awk: "function powermod(bb, ee, mm,   ii, rr) { rr = 1 % mm; for (ii = 0; ii < ee; ii++) rr = rr * bb % mm; return rr }",
    needs: [],
  },
  /** How many positive divisors. */
  divisors: {
    value(n = 0) {
      let count = 0;
      for (let d = 1; d <= n; d++) if (n % d === 0) count++;
      return count;
    },
    awk: "function divisors(nn,   dd, cc) { cc = 0; for (dd = 1; dd <= nn; dd++) if (nn % dd == 0) cc++; return cc }",
    needs: [],
  },
  divisorsum: {
    value(n = 0) {
      let sum = 0;
      for (let d = 1; d <= n; d++) if (n % d === 0) sum += d;
      return sum;
    },
    awk: "function divisorsum(nn,   dd, ss) { ss = 0; for (dd = 1; dd <= nn; dd++) if (nn % dd == 0) ss += dd; return ss }",
    needs: [],
  },
  /** The numeral of `n` in a base below 10, read as if it were in base ten. */
  numeral: {
    value(n = 0, base = 10) {
      let result = 0;
      for (let place = 1, rest = n; rest > 0; rest = Math.trunc(rest / base), place *= 10)
        result += (rest % base) * place;
      return result;
    },
    awk: "function numeral(nn, bb,   rr, pp) { rr = 0; for (pp = 1; nn > 0; pp *= 10) { rr += nn % bb * pp; nn = int(nn / bb) } return rr }",
    needs: [],
  },
  /** A number with its digits turned round. */
  reversed: {
    value(n = 0) {
      let result = 0;
      for (let rest = n; rest > 0; rest = Math.trunc(rest / 10)) result = result * 10 + (rest % 10);
      return result;
    },
    awk: "function reversed(nn,   rr) { rr = 0; while (nn > 0) { rr = rr * 10 + nn % 10; nn = int(nn / 10) } return rr }",
    needs: [],
  },
  /** The largest number whose square divides `n`. */
  squares: {
    value(n = 0) {
      let root = Math.max(1, Math.floor(Math.sqrt(n)));
      while (root > 1 && n % (root * root) !== 0) root--;
      return root;
    },
    awk: "function squares(nn,   rr) { rr = int(sqrt(nn)); if (rr < 1) rr = 1; while (rr > 1 && nn % (rr * rr) != 0) rr--; return rr }",
    needs: [],
  },
  /** The square root of a square, rounded down where it is none. */
  root: {
    value: (n = 0) => Math.floor(Math.sqrt(n)),
    awk: "function root(nn) { return int(sqrt(nn)) }",
    needs: [],
  },
  /** The smallest positive number with remainder `r` by `p` and `s` by `q`; 0 where there is none. */
  congruent: {
    value(r = 0, p = 1, s = 0, q = 1) {
      for (let n = 1; n <= p * q; n++) if (n % p === r && n % q === s) return n;
      return 0;
    },
    awk: "function congruent(rr, pp, ss, qq,   nn) { for (nn = 1; nn <= pp * qq; nn++) if (nn % pp == rr && nn % qq == ss) return nn; return 0 }",
    needs: [],
  },
  /** How many numbers from 1 to `top` have digits that add up to `sum`. */
  digitsums: {
    value(top = 0, sum = 0) {
      let count = 0;
      for (let n = 1; n <= top; n++) {
        let digits = 0;
        for (let rest = n; rest > 0; rest = Math.trunc(rest / 10)) digits += rest % 10;
        if (digits === sum) count++;
      }
      return count;
    },
    awk: "function digitsums(top, sum,   nn, rr, dd, cc) { cc = 0; for (nn = 1; nn <= top; nn++) { dd = 0; for (rr = nn; rr > 0; rr = int(rr / 10)) dd += rr % 10; if (dd == sum) cc++ } return cc }",
    needs: [],
  },
  /** Subsets of `1..n` whose members are more than `gap` apart. */
  spaced: {
    value: (n = 0, gap = 1): number => spaced(n, gap),
    awk: "function spaced(nn, gg) { return nn <= 0 ? 1 : spaced(nn - 1, gg) + spaced(nn - 1 - gg, gg) }",
    needs: [],
  },
};

function spaced(n: number, gap: number): number {
  return n <= 0 ? 1 : spaced(n - 1, gap) + spaced(n - 1 - gap, gap);
}

/** The definitions of functions and of all that they call, in awk. */
export function definitionsOf(names: readonly string[]): string[] {
  const wanted = new Set<string>();
  const add = (name: string) => {
    if (wanted.has(name)) return;
    for (const need of functions[name]?.needs ?? []) add(need);
    wanted.add(name);
  };
  names.forEach(add);
  return [...wanted].map((name) => functions[name]?.awk ?? "").filter((awk) => awk !== "");
}

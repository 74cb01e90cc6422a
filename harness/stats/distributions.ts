/**
 * Distribution functions and quantiles of the normal and of Student's t, to about 1e-13.
 *
 * Both distribution functions are regularised incomplete integrals: of the gamma function for the
 * normal, of the beta function for t. The quantiles invert them by bisection, which is slow (about
 * 60 evaluations) and needs no table of coefficients; a table asks for a handful.
 */

/** P(Z <= z) of a standard normal. */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  const tail = 0.5 * upperGammaHalf((z * z) / 2);
  return z < 0 ? tail : 1 - tail;
}

/**
 * The z with P(Z <= z) = `probability`.
 *
 * @param probability from 0 to 1; the ends give minus and plus infinity.
 */
export function normalQuantile(probability: number): number {
  return quantile(probability, normalCdf);
}

/**
 * P(T <= t) of Student's t.
 *
 * @param df degrees of freedom, above 0.
 */
export function studentCdf(t: number, df: number): number {
  if (t === Number.POSITIVE_INFINITY) return 1;
  if (t === Number.NEGATIVE_INFINITY) return 0;
  const tail = 0.5 * incompleteBeta(df / (df + t * t), df / 2, 0.5);
  return t < 0 ? tail : 1 - tail;
}

/**
 * The t with P(T <= t) = `probability`.
 *
 * @param df degrees of freedom, above 0.
 */
export function studentQuantile(probability: number, df: number): number {
  return quantile(probability, (t) => studentCdf(t, df));
}

/** Natural logarithm of the gamma function for x > 0: Stirling's series after shifting x above 15. */
export function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < 15; y++) shift += Math.log(y);
  const inverse = 1 / y;
  const square = inverse * inverse;
  // Bernoulli numbers over 2k (2k - 1).
  const series =
    inverse *
    (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188)))));
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/** Q(1/2, x), the upper regularised incomplete gamma function, for x >= 0. */
function upperGammaHalf(x: number): number {
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const scale = Math.exp(-x) * Math.sqrt(x / Math.PI);
  if (x < 1.5) {
    let term = 2;
    let sum = term;
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= x / (k + 0.5);
      sum += term;
    }
    return 1 - scale * sum;
  }
  // Legendre's continued fraction, evaluated by the modified Lentz method.
  let b = x + 0.5;
  let c = Number.POSITIVE_INFINITY;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k <= 500; k++) {
    const a = -k * (k - 0.5);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return scale * fraction;
}

/** I_x(a, b), the regularised incomplete beta function. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The continued fraction converges fast only on this side of the mean.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return (front * fraction) / a;
}

/** Inverts a distribution that is symmetric about 0. */
function quantile(probability: number, cdf: (x: number) => number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`a probability is from 0 to 1, not ${probability}`);
  }
  // Work in the lower tail, where the distribution function keeps its relative precision.
  if (probability > 0.5) return -quantile(1 - probability, cdf);
  if (probability === 0.5) return 0;
  if (probability === 0) return Number.NEGATIVE_INFINITY;
  let low = -1;
  while (cdf(low) > probability) low *= 2;
  let high = low === -1 ? 0 : low / 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (cdf(middle) > probability) high = middle;
    else low = middle;
  }
}

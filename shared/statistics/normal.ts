/** Two-sided 95 % quantile of the standard normal distribution. */
export const z95 = 1.959963984540054;

const P = [
  220.206867912376, 221.213596169931, 112.07929149787, 33.912866078383, 6.37396220353165, 0.700383064443688,
  0.0352624965998911,
];
const Q = [
  440.413735824752, 793.826512519948, 637.333633378831, 296.564248779674, 86.7807322029461, 16.064177579207,
  1.75566716318264, 0.0883883476483184,
];

/**
 * P(Z > z) for a standard normal Z, accurate in the far tail as well.
 * Hart (1968), algorithm 5666, as given by West (2005), "Better approximations to cumulative normal functions".
 */
export function normalUpperTail(z: number): number {
  const x = Math.abs(z);
  if (x > 37) return z > 0 ? 0 : 1;
  const density = Math.exp((-x * x) / 2);
  let tail: number;
  if (x < 7.07106781186547) {
    const numerator = P.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
    const denominator = Q.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
    tail = (density * numerator) / denominator;
  } else {
    const fraction = x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))));
    tail = density / fraction / 2.506628274631;
  }
  return z > 0 ? tail : 1 - tail;
}

/** Two-sided p-value of a standard normal test statistic. */
export function normalTwoSidedP(z: number): number {
  return Math.min(1, 2 * normalUpperTail(Math.abs(z)));
}

const A = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const B = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852546,
];
const C = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const D = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const E = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
];
const F = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
  1.421511758316446e-7, 2.0442631033899397e-15,
];

/**
 * z with P(Z ≤ z) = p for 0 < p < 1; −∞ at 0 and ∞ at 1. Wichura (1988), algorithm AS 241 (PPND16), about 16 digits.
 */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(A, B, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const tail = r <= 5 ? ratio(C, D, r - 1.6) : ratio(E, F, r - 5);
  return q < 0 ? -tail : tail;
}

function ratio(numerator: number[], denominator: number[], x: number): number {
  const evaluate = (coefficients: number[]) => coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
  return evaluate(numerator) / evaluate(denominator);
}

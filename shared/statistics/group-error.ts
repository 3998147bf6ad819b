import { bootstrap } from './bootstrap.ts';
import { type Equality, testEquality } from './equality.ts';
import type { Subjects } from './subjects.ts';

/** A person's squared errors in one group, and of how many rows. */
type Share = { person: number; group: number; squares: number; rows: number };

/**
 * Tests that the mean squared error is the same in all groups: Wald's statistic over log errors, its covariance from what each
 * person moves, and p as the share of resampled persons in which the same statistic, centred on what was seen, is as large
 * (bootstrap-t, Efron and Tibshirani 1993, chapter 12). The p-value of few persons with a skewed error is too small without.
 * `group[i]` is the group of row i, −1 for none. null when a group has no error, or no covariance can be made of it.
 */
export function testEqualErrors(
  squares: ArrayLike<number>,
  group: ArrayLike<number>,
  groups: number,
  subjects: Subjects,
  options: { draws: number; seed: number },
): Equality | null {
  const shares = sharesOf(squares, group, groups, subjects);
  const seen = logErrors(shares, groups, null);
  const test = testEquality(seen.values, seen.covariance);
  if (test === null) return null;
  const persons = { index: Int32Array.from({ length: subjects.count }, (_, person) => person), count: subjects.count };
  const compute = (weights: Uint16Array, out: Float64Array): void => {
    const { values, covariance } = logErrors(shares, groups, weights);
    const apart = values.map((value, g) => value - seen.values[g]!);
    out[0] = apart.every(Number.isFinite) ? (testEquality(apart, covariance)?.statistic ?? Number.NaN) : Number.NaN;
  };
  const statistics = bootstrap(persons, 1, compute, options)[0]!.filter(Number.isFinite);
  if (statistics.length < 0.9 * options.draws) return null;
  const larger = statistics.filter((value) => value >= test.statistic).length;
  return { ...test, p: (larger + 1) / (statistics.length + 1) };
}

function sharesOf(squares: ArrayLike<number>, group: ArrayLike<number>, groups: number, subjects: Subjects): Share[] {
  const shares = new Map<number, Share>();
  for (let i = 0; i < squares.length; i++) {
    if (group[i]! < 0) continue;
    const person = subjects.index[i]!;
    const key = person * groups + group[i]!;
    const share = shares.get(key) ?? { person, group: group[i]!, squares: 0, rows: 0 };
    shares.set(key, share);
    share.squares += squares[i]!;
    share.rows++;
  }
  return [...shares.values()].sort((a, b) => a.person - b.person);
}

/** Logarithm of each group's root mean squared error with their covariance; `weights` is how often each person was drawn. */
function logErrors(shares: Share[], groups: number, weights: Uint16Array | null) {
  const squares = new Float64Array(groups);
  const rows = new Float64Array(groups);
  const persons = new Float64Array(groups);
  for (const share of shares) {
    const weight = weights === null ? 1 : weights[share.person]!;
    squares[share.group]! += weight * share.squares;
    rows[share.group]! += weight * share.rows;
    persons[share.group]! += weight;
  }
  const covariance = Array.from({ length: groups }, () => new Array<number>(groups).fill(0));
  const moved = shares.map((share) => (share.squares * rows[share.group]!) / squares[share.group]! - share.rows);
  for (let first = 0, end = 0; first < shares.length; first = end) {
    const weight = weights === null ? 1 : weights[shares[first]!.person]!;
    while (end < shares.length && shares[end]!.person === shares[first]!.person) end++;
    if (weight === 0) continue;
    for (let a = first; a < end; a++) {
      for (let b = first; b < end; b++) {
        const [g, h] = [shares[a]!.group, shares[b]!.group];
        covariance[g]![h]! += (weight * moved[a]! * moved[b]!) / (4 * rows[g]! * rows[h]!);
      }
    }
  }
  // As a sample variance is: about what the mean was fitted to.
  for (let g = 0; g < groups; g++) covariance[g]![g]! *= persons[g]! / (persons[g]! - 1);
  return { values: Array.from(squares, (sum, g) => 0.5 * Math.log(sum / rows[g]!)), covariance };
}

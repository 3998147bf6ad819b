import { describe, expect, it, test } from 'vitest';
import { chiSquareUpperTail } from '../../shared/statistics/chi-square.ts';
import { heterogeneity } from '../../shared/statistics/heterogeneity.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { fixture, type GroupsFixture } from './fixture.ts';

const reference = fixture<GroupsFixture>('groups');
const rowsOf = (group: number[], groups: number) =>
  Array.from({ length: groups }, (_, g) => Int32Array.from(group.keys()).filter((i) => group[i] === g));

test('the chi-square tail is SciPy’s, far out as well', () => {
  for (const { x, degrees, p } of reference.chiSquare) expect(chiSquareUpperTail(x, degrees) / p).toBeCloseTo(1, 10);
  expect(chiSquareUpperTail(0, 3)).toBe(1);
});

test('p over the AUCs of unequal groups is that of an all-pairs computation, with one and with several rows per person', () => {
  for (const [key, variances] of [
    ['single', 'DeLong variances'],
    ['several', 'clustered DeLong (Obuchowski) variances'],
  ] as const) {
    const { sample, p } = reference[key];
    const predictions = { ...sample, scores: Float64Array.from(sample.scores), classes: 2 };
    const found = heterogeneity(predictions, rowsOf(sample.group, 3), 1)!;
    expect(found.p).toBeCloseTo(p, 9);
    expect(found.method).toBe(`chi-square over 3 groups, ${variances} of the logit AUC`);
  }
});

type Plan = { kind: 'classes' | 'numbers'; sizes: number[]; rowsPerPerson: number; effect: number[] };

/** Groups of persons; `effect[g]` shifts the positives of group g, or widens its errors. */
function sample(seed: number, { kind, sizes, rowsPerPerson, effect }: Plan) {
  const random = createRandom(seed);
  const made = { truth: [] as number[], scores: [] as number[], subject: [] as number[], group: [] as number[] };
  let person = 0;
  sizes.forEach((size, g) => {
    for (let k = 0; k < size; k++, person++) {
      const positive = random.uniform() < 0.3 ? 1 : 0;
      const own = random.normal();
      for (let row = 0; row < rowsPerPerson; row++) {
        const noise = rowsPerPerson > 1 ? Math.SQRT1_2 * (own + random.normal()) : own;
        made.truth.push(kind === 'classes' ? positive : 100);
        made.scores.push(kind === 'classes' ? effect[g]! * positive + noise : 100 + effect[g]! * noise);
        made.subject.push(person);
        made.group.push(g);
      }
    }
  });
  const predictions = { ...made, scores: Float64Array.from(made.scores), classes: kind === 'classes' ? 2 : 0 };
  return { predictions, rows: rowsOf(made.group, sizes.length) };
}

function rejected(replicates: number, plan: Plan): number {
  let count = 0;
  for (let seed = 1; seed <= replicates; seed++) {
    const { predictions, rows } = sample(seed + 40_000, plan);
    if ((heterogeneity(predictions, rows, seed)?.p ?? 1) < 0.05) count++;
  }
  return count / replicates;
}

describe('with groups of 15, 30, 80 and 200 persons that do not differ a 5 % test rejects about 5 times in 100', () => {
  const sizes = [15, 30, 80, 200];
  for (const { kind, rowsPerPerson, replicates } of [
    { kind: 'classes', rowsPerPerson: 1, replicates: 500 },
    { kind: 'classes', rowsPerPerson: 3, replicates: 300 },
    { kind: 'numbers', rowsPerPerson: 1, replicates: 80 },
    { kind: 'numbers', rowsPerPerson: 3, replicates: 80 },
  ] as const) {
    it(`${kind}, ${rowsPerPerson} rows per person`, () => {
      const share = rejected(replicates, {
        kind,
        sizes,
        rowsPerPerson,
        effect: kind === 'classes' ? [1.1, 1.1, 1.1, 1.1] : [9, 9, 9, 9],
      });
      const error = Math.sqrt((0.05 * 0.95) / replicates);
      expect(share).toBeLessThan(0.05 + 2.5 * error);
      expect(share).toBeGreaterThan(0.05 - 2.5 * error);
    });
  }
});

test('groups that do differ are found in AUC and in error', () => {
  const sizes = [60, 150];
  expect(rejected(40, { kind: 'classes', sizes, rowsPerPerson: 1, effect: [0.2, 2] })).toBeGreaterThan(0.8);
  expect(rejected(20, { kind: 'numbers', sizes, rowsPerPerson: 2, effect: [16, 9] })).toBeGreaterThan(0.8);
});

test('persons with rows in both groups: the same rows twice do not differ, and rows taken as of other persons would be less sure', () => {
  const { predictions } = sample(3, { kind: 'classes', sizes: [120], rowsPerPerson: 2, effect: [1] });
  const first = predictions.truth.map((_, i) => i % 2);
  const own = heterogeneity(predictions, rowsOf(first, 2), 1)!;
  const strangers = predictions.subject.map((person, i) => (first[i] === 1 ? person + 1_000 : person));
  const others = heterogeneity({ ...predictions, subject: strangers }, rowsOf(first, 2), 1)!;
  expect(own.p).toBeLessThan(others.p);
});

test('three classes: the mean AUC over classes, with the covariance of resampled persons', () => {
  const random = createRandom(5);
  const classes = 3;
  const truth = Array.from({ length: 240 }, () => random.below(classes));
  const group = truth.map((_, i) => (i % 3 === 0 ? 0 : 1));
  const scores = Float64Array.from({ length: truth.length * classes }, (_, k) => {
    const [row, c] = [Math.floor(k / classes), k % classes];
    return random.uniform() + (group[row] === 1 && truth[row] === c ? 0.4 : 0);
  });
  const found = heterogeneity({ truth, scores, classes, subject: null }, rowsOf(group, 2), 1)!;
  expect(found).toMatchObject({ metric: 'auc', groups: 2 });
  expect(found.p).toBeLessThan(0.001);
  expect(found.method).toContain('bootstrap over subjects, 2000 draws');
});

test('no p without two groups in which the metric is defined', () => {
  const { predictions, rows } = sample(9, { kind: 'classes', sizes: [50, 50], rowsPerPerson: 1, effect: [1, 1] });
  const onlyNegatives = rows[1]!.filter((i) => predictions.truth[i] === 0);
  expect(heterogeneity(predictions, [rows[0]!, onlyNegatives], 1)).toBeNull();
  expect(heterogeneity(predictions, [], 1)).toBeNull();
  const exact = { truth: [1, 2, 3], scores: Float64Array.of(1, 2, 3), classes: 0, subject: null };
  expect(heterogeneity(exact, [Int32Array.of(0, 1), Int32Array.of(2)], 1)).toBeNull();
});

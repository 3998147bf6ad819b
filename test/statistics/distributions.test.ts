import { describe, expect, it } from 'vitest';
import { holm } from '../../shared/statistics/holm.ts';
import { newcombeInterval } from '../../shared/statistics/newcombe.ts';
import { normalQuantile, normalTwoSidedP, normalUpperTail, z95 } from '../../shared/statistics/normal.ts';
import { quantileOfSorted } from '../../shared/statistics/quantile.ts';
import { createRandom, randomFromState, restoreRandom } from '../../shared/statistics/random.ts';
import { wilsonInterval } from '../../shared/statistics/wilson.ts';
import { type DistributionsFixture, fixture } from './fixture.ts';

const reference = fixture<DistributionsFixture>('distributions');

describe('the normal distribution', () => {
  it('has SciPy’s upper tail, relative to 1e-7 even at 30 standard deviations', () => {
    reference.normalUpperTail.z.forEach((z, i) => {
      expect(normalUpperTail(z) / reference.normalUpperTail.p[i]!).toBeCloseTo(1, 7);
    });
  });

  it('has SciPy’s quantiles', () => {
    reference.normalQuantile.p.forEach((p, i) => {
      expect(normalQuantile(p)).toBeCloseTo(reference.normalQuantile.z[i]!, 8);
    });
    expect(normalQuantile(0.975)).toBeCloseTo(z95, 14);
  });

  it('inverts itself, and p of 1.96 is 0.05', () => {
    for (const p of [1e-9, 0.01, 0.3, 0.5, 0.77, 0.999])
      expect(1 - normalUpperTail(normalQuantile(p))).toBeCloseTo(p, 12);
    expect(normalTwoSidedP(z95)).toBeCloseTo(0.05, 12);
    expect(normalTwoSidedP(0)).toBe(1);
  });
});

describe('intervals of a proportion and of an AUC', () => {
  it('are Wilson’s, as statsmodels computes them', () => {
    for (const { count, of, interval } of reference.wilson) {
      const { low, high } = wilsonInterval(count, of)!;
      expect(low).toBeCloseTo(interval[0], 12);
      expect(high).toBeCloseTo(interval[1], 12);
    }
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  it('are Newcombe’s score interval where DeLong has no variance, as root finding in SciPy gives it', () => {
    for (const { auc, positives, negatives, interval } of reference.newcombe) {
      const { low, high } = newcombeInterval(auc, positives, negatives)!;
      expect(low).toBeCloseTo(interval[0], 10);
      expect(high).toBeCloseTo(interval[1], 10);
    }
    expect(newcombeInterval(0.5, 0, 10)).toBeNull();
  });
});

describe('Holm’s correction', () => {
  it('gives statsmodels’ adjusted values in the order of the input', () => {
    holm(reference.holm.p).forEach((p, i) => {
      expect(p).toBeCloseTo(reference.holm.adjusted[i]!, 12);
    });
  });

  it('does not count tests that were not made', () => {
    expect(holm([0.01, null, 0.03])).toEqual([0.02, null, 0.03]);
  });
});

it('quantiles interpolate as NumPy does', () => {
  const values = Float64Array.from(reference.quantile.values);
  reference.quantile.p.forEach((p, i) => {
    expect(quantileOfSorted(values, p)).toBeCloseTo(reference.quantile.quantiles[i]!, 12);
  });
});

describe('the random source', () => {
  it('is xoshiro128** word for word, seeded by splitmix32', () => {
    const random = randomFromState(...reference.xoshiro128.state);
    expect(reference.xoshiro128.outputs.map(() => random.next())).toEqual(reference.xoshiro128.outputs);
    const seeded = createRandom(reference.splitmix.seed);
    expect(reference.splitmix.outputs.map(() => seeded.next())).toEqual(reference.splitmix.outputs);
  });

  it('gives integers below n evenly (chi-squared of 7 cells under its 99.9 % point) and normals with mean 0 and variance 1', () => {
    const random = createRandom(7);
    const cells = new Array<number>(7).fill(0);
    const draws = 70_000;
    for (let i = 0; i < draws; i++) cells[random.below(7)]!++;
    const chi2 = cells.reduce((sum, count) => sum + (count - draws / 7) ** 2 / (draws / 7), 0);
    expect(chi2).toBeLessThan(22.46);
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < 50_000; i++) {
      const z = random.normal();
      sum += z;
      squares += z * z;
    }
    expect(Math.abs(sum / 50_000)).toBeLessThan(4 / Math.sqrt(50_000));
    expect(squares / 50_000).toBeCloseTo(1, 1);
  });

  it('reaches every integer below n and never n, also for n near 2^31', () => {
    const random = createRandom(3);
    const n = 2 ** 31 - 1;
    for (let i = 0; i < 10_000; i++) {
      const value = random.below(n);
      expect(Number.isInteger(value) && value >= 0 && value < n).toBe(true);
      expect(random.below(1)).toBe(0);
    }
  });
});

describe('a source of random numbers', () => {
  it('goes on from where its state was taken, also between the two normal numbers of one draw', () => {
    const random = createRandom(3);
    for (let i = 0; i < 25; i++) random.normal();
    const restored = restoreRandom(JSON.parse(JSON.stringify(random.state())));
    const draw = (from: typeof random) => [from.normal(), from.uniform(), from.below(10), from.normal(), from.next()];
    expect(draw(restored)).toEqual(draw(random));
    expect(random.state()).toEqual(restored.state());
  });
});

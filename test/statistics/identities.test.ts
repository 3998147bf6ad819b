import { describe, expect, it } from 'vitest';
import { auc } from '../../shared/statistics/auc.ts';
import { aucInterval } from '../../shared/statistics/auc-interval.ts';
import { averagePrecision } from '../../shared/statistics/average-precision.ts';
import { bootstrap, percentileInterval } from '../../shared/statistics/bootstrap.ts';
import { brier, squaredErrors } from '../../shared/statistics/brier.ts';
import { calibrationBins } from '../../shared/statistics/calibration-bins.ts';
import { calibrationIntercept } from '../../shared/statistics/calibration-intercept.ts';
import { calibrationSlope } from '../../shared/statistics/calibration-slope.ts';
import { clusteredDelongVariance } from '../../shared/statistics/clustered-delong.ts';
import { confusionAt } from '../../shared/statistics/confusion.ts';
import { decisionCurve } from '../../shared/statistics/decision-curve.ts';
import { delongVariance } from '../../shared/statistics/delong.ts';
import { meanOf } from '../../shared/statistics/mean.ts';
import { multiclassAuc } from '../../shared/statistics/multiclass-auc.ts';
import { pairedAucDifference } from '../../shared/statistics/paired-auc.ts';
import { placements } from '../../shared/statistics/placements.ts';
import { precisionRecall } from '../../shared/statistics/precision-recall.ts';
import { rocCurve } from '../../shared/statistics/roc.ts';
import { rocBand } from '../../shared/statistics/roc-band.ts';
import { scoreHistogram } from '../../shared/statistics/score-histogram.ts';
import { groupSubjects } from '../../shared/statistics/subjects.ts';
import { thresholdForSensitivity, youdenThreshold } from '../../shared/statistics/threshold.ts';
import { calibratedSample, clusteredSample } from './samples.ts';

const { truth, scores } = calibratedSample(11, 300, 1);
const rounded = scores.map((score) => Math.round(score * 20) / 20);

describe('the AUC', () => {
  it('is the area under the ROC points by trapezoids, with ties', () => {
    const { falsePositiveRate: x, truePositiveRate: y } = rocCurve(truth, rounded)!;
    let area = 0;
    for (let k = 1; k < x.length; k++) area += ((x[k]! - x[k - 1]!) * (y[k]! + y[k - 1]!)) / 2;
    expect(auc(truth, rounded)).toBeCloseTo(area, 12);
  });

  it('does not change under a rising transform and becomes 1 − AUC under a falling one', () => {
    expect(auc(truth, rounded.map(Math.exp))).toBe(auc(truth, rounded));
    expect(
      auc(
        truth,
        rounded.map((s) => -s),
      ),
    ).toBeCloseTo(1 - auc(truth, rounded)!, 12);
  });

  it('of two classes is the macro AUC of two columns', () => {
    const both = Float64Array.from({ length: 2 * scores.length }, (_, i) =>
      i % 2 === 0 ? 1 - scores[i >> 1]! : scores[i >> 1]!,
    );
    expect(multiclassAuc(truth, both, 2)).toBeCloseTo(auc(truth, scores)!, 12);
  });

  it('has placements whose mean within either class is the AUC', () => {
    const placed = placements(truth, rounded)!;
    const ofPositives = placed.values.filter((_, i) => truth[i] === 1);
    const ofNegatives = placed.values.filter((_, i) => truth[i] === 0);
    expect(meanOf(ofPositives, null)).toBeCloseTo(placed.auc, 12);
    expect(meanOf(ofNegatives, null)).toBeCloseTo(placed.auc, 12);
  });

  it('has the clustered variance equal to DeLong’s with one row per person, whatever the numbers of the persons', () => {
    const placed = placements(truth, rounded)!;
    const subject = Int32Array.from(rounded, (_, i) => 1000 - 3 * i);
    expect(clusteredDelongVariance(placed, groupSubjects(subject, subject.length))).toBeCloseTo(
      delongVariance(placed)!,
      15,
    );
  });

  it('keeps its standard error when every row is written twice for the same person, about', () => {
    const twice = <T extends Uint8Array | Float64Array>(column: T) =>
      Float64Array.from({ length: 2 * column.length }, (_, i) => column[i >> 1]!);
    const subject = Int32Array.from({ length: 2 * truth.length }, (_, i) => i >> 1);
    const once = aucInterval(truth, scores, null);
    const doubled = aucInterval(twice(truth), twice(scores), subject);
    expect(doubled.method).toBe('clustered DeLong (Obuchowski)');
    expect(doubled.interval!.low).toBeCloseTo(once.interval!.low, 3);
    expect(doubled.interval!.high).toBeCloseTo(once.interval!.high, 3);
  });

  it('differs by exactly 0 from that of scores that rank alike', () => {
    expect(pairedAucDifference(truth, scores, scores.map(Math.sqrt), null)).toEqual({
      difference: 0,
      standardError: 0,
    });
  });

  it('has a difference whose sign turns with the order', () => {
    const {
      truth: t,
      scores: a,
      other: b,
      subject,
    } = clusteredSample(5, { positives: 15, negatives: 40, rowsPerPerson: 3, shift: 1, correlation: 0.5 });
    const forth = pairedAucDifference(t, a, b, subject)!;
    const back = pairedAucDifference(t, b, a, subject)!;
    expect(back.difference).toBeCloseTo(-forth.difference, 12);
    expect(back.standardError).toBeCloseTo(forth.standardError, 12);
  });
});

describe('curves', () => {
  it('precision and recall sum to the average precision', () => {
    const { precision, recall } = precisionRecall(truth, rounded)!;
    let sum = 0;
    for (let k = 1; k < recall.length; k++) sum += (recall[k]! - recall[k - 1]!) * precision[k]!;
    expect(averagePrecision(truth, rounded)).toBeCloseTo(sum, 12);
  });

  it('every ROC threshold gives its point when applied', () => {
    const roc = rocCurve(truth, rounded)!;
    roc.thresholds.forEach((threshold, k) => {
      const c = confusionAt(truth, rounded, threshold);
      expect(c.truePositive / (c.truePositive + c.falseNegative)).toBeCloseTo(roc.truePositiveRate[k]!, 12);
      expect(c.falsePositive / (c.falsePositive + c.trueNegative)).toBeCloseTo(roc.falsePositiveRate[k]!, 12);
    });
  });

  it('the ROC band holds the curve, starts at 0 or above and ends at 1', () => {
    const band = rocBand(truth, scores, null, { draws: 400, seed: 3 })!;
    const roc = rocCurve(truth, scores)!;
    band.falsePositiveRate.forEach((x, k) => {
      const at = roc.falsePositiveRate.findLastIndex((rate) => rate <= x);
      expect(band.low[k]!).toBeLessThanOrEqual(roc.truePositiveRate[at]! + 0.05);
      expect(band.high[k]!).toBeGreaterThanOrEqual(roc.truePositiveRate[at]! - 0.05);
      expect(band.low[k]!).toBeLessThanOrEqual(band.high[k]!);
    });
    expect([band.low.at(-1), band.high.at(-1)]).toEqual([1, 1]);
  });

  it('net benefit at a threshold is that of the confusion counts, and treating all at 0 is the prevalence', () => {
    const curve = decisionCurve(truth, rounded, Float64Array.of(0.7, 0, 0.3))!;
    curve.thresholds.forEach((t, k) => {
      const c = confusionAt(truth, rounded, t);
      expect(curve.netBenefit[k]).toBeCloseTo((c.truePositive - (c.falsePositive * t) / (1 - t)) / truth.length, 12);
    });
    expect(curve.treatAll[1]).toBeCloseTo(meanOf(Float64Array.from(truth), null), 12);
  });

  it('a score histogram counts every row once, the score 1 in the last bin', () => {
    const { edges, negative, positive } = scoreHistogram([1, 0, 1, 0], [0, 0.25, 1, 0.99], 4);
    expect([...edges]).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect([...positive]).toEqual([1, 0, 0, 1]);
    expect([...negative]).toEqual([0, 1, 0, 1]);
  });
});

describe('thresholds', () => {
  it('lie between the scores they part', () => {
    expect(youdenThreshold([0, 0, 1, 1], [0.1, 0.3, 0.5, 0.9])).toBeCloseTo(0.4, 12);
  });

  it('prefer the higher sensitivity among equal Youden indices', () => {
    // Calling only the top row, or the top four, gives the index 1/2 both times.
    expect(youdenThreshold([1, 0, 0, 1, 0, 0], [0.9, 0.8, 0.7, 0.6, 0.5, 0.4])).toBeCloseTo(0.55, 12);
  });

  it('for a sensitivity are the highest that reach it', () => {
    const at = thresholdForSensitivity(truth, scores, 0.9)!;
    const sensitivityAt = (threshold: number) => {
      const c = confusionAt(truth, scores, threshold);
      return c.truePositive / (c.truePositive + c.falseNegative);
    };
    expect(sensitivityAt(at)).toBeGreaterThanOrEqual(0.9);
    const next = Math.min(...scores.filter((score) => score >= at));
    expect(sensitivityAt(next + 1e-9)).toBeLessThan(0.9);
  });
});

describe('calibration', () => {
  const recalibrate = (a: number, b: number) => scores.map((p) => 1 / (1 + Math.exp(-(a + b * Math.log(p / (1 - p))))));

  it('adding the intercept to the logits brings the intercept to 0', () => {
    expect(calibrationIntercept(truth, recalibrate(calibrationIntercept(truth, scores)!, 1))).toBeCloseTo(0, 9);
  });

  it('halving the logits doubles the slope', () => {
    expect(calibrationSlope(truth, recalibrate(0, 0.5))).toBeCloseTo(2 * calibrationSlope(truth, scores)!, 9);
  });

  it('converges from scores that are far off', () => {
    expect(calibrationSlope(truth, recalibrate(4, -3))).toBeCloseTo(calibrationSlope(truth, scores)! / -3, 8);
    expect(calibrationIntercept(truth, recalibrate(9, 1))).toBeCloseTo(calibrationIntercept(truth, scores)! - 9, 8);
  });

  it('bins hold equal counts, split no tie, and add up to all rows and positives', () => {
    const bins = calibrationBins(truth, scores, null, { bins: 10, seed: 0 });
    expect(bins.map((bin) => bin.rows)).toEqual(new Array(10).fill(30));
    expect(bins.reduce((sum, bin) => sum + bin.positives, 0)).toBe(truth.reduce((a, b) => a + b, 0));
    const tied = calibrationBins(truth, rounded, null, { bins: 10, seed: 0 });
    expect(tied.reduce((sum, bin) => sum + bin.rows, 0)).toBe(truth.length);
    for (let k = 1; k < tied.length; k++) expect(tied[k]!.from).toBeGreaterThan(tied[k - 1]!.to);
    const bin = tied[0]!;
    expect(bin.meanScore).toBeGreaterThanOrEqual(bin.from);
    expect(bin.meanScore).toBeLessThanOrEqual(bin.to);
  });

  it('bins of several rows per person have bootstrap intervals with a width, also where no row is positive', () => {
    const sample = calibratedSample(4, 60, 3);
    const none = calibrationBins(new Uint8Array(180), sample.scores, sample.subject, { bins: 4, seed: 1 });
    for (const bin of none) {
      expect(bin.low).toBe(0);
      expect(bin.high!).toBeGreaterThan(0.02);
    }
  });
});

describe('the bootstrap', () => {
  it('gives the same draws for the same seed and others for another', () => {
    const draw = (seed: number) =>
      bootstrap(
        groupSubjects(null, 300),
        1,
        (weights, out) => {
          out[0] = meanOf(scores, weights);
        },
        { draws: 50, seed },
      )[0]!;
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('draws as many persons as there are, each with all rows', () => {
    const subject = Int32Array.from({ length: 90 }, (_, i) => Math.floor(i / 3));
    bootstrap(
      groupSubjects(subject, 90),
      0,
      (weights) => {
        let total = 0;
        for (let i = 0; i < 90; i++) {
          total += weights[i]!;
          expect(weights[i]).toBe(weights[i - (i % 3)]);
        }
        expect(total).toBe(90);
      },
      { draws: 20, seed: 5 },
    );
  });

  it('of a mean has the width of the normal interval', () => {
    const errors = squaredErrors(truth, scores);
    const draws = bootstrap(
      groupSubjects(null, errors.length),
      1,
      (weights, out) => {
        out[0] = meanOf(errors, weights);
      },
      { draws: 2000, seed: 9 },
    )[0]!;
    const { low, high } = percentileInterval(draws)!;
    const mean = brier(truth, scores)!;
    const sd = Math.sqrt(errors.reduce((sum, e) => sum + (e - mean) ** 2, 0) / errors.length);
    expect((high - low) / (2 * 1.96 * (sd / Math.sqrt(errors.length)))).toBeCloseTo(1, 1);
  });

  it('leaves undefined draws out and gives up when more than a tenth are', () => {
    const few = Float64Array.from({ length: 100 }, (_, i) => (i < 10 ? Number.NaN : i));
    expect(percentileInterval(few)!.low).toBeGreaterThanOrEqual(10);
    expect(percentileInterval(Float64Array.from({ length: 100 }, (_, i) => (i < 11 ? Number.NaN : i)))).toBeNull();
  });
});

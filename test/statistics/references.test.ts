import { describe, expect, it } from 'vitest';
import { auc } from '../../shared/statistics/auc.ts';
import { averagePrecision } from '../../shared/statistics/average-precision.ts';
import { brier, multiclassBrier } from '../../shared/statistics/brier.ts';
import { calibrationIntercept } from '../../shared/statistics/calibration-intercept.ts';
import { calibrationSlope } from '../../shared/statistics/calibration-slope.ts';
import { clusteredDelongVariance } from '../../shared/statistics/clustered-delong.ts';
import { confusionAt, confusionTable } from '../../shared/statistics/confusion.ts';
import { decisionCurve } from '../../shared/statistics/decision-curve.ts';
import { delongVariance } from '../../shared/statistics/delong.ts';
import { estimateAll } from '../../shared/statistics/estimate-all.ts';
import { f1 } from '../../shared/statistics/f1.ts';
import { logLoss, multiclassLogLoss } from '../../shared/statistics/log-loss.ts';
import { mcc } from '../../shared/statistics/mcc.ts';
import { multiclassAuc, multiclassAveragePrecision } from '../../shared/statistics/multiclass-auc.ts';
import { confusionMatrix, predictedClasses } from '../../shared/statistics/multiclass-confusion.ts';
import { pairedAucDifference } from '../../shared/statistics/paired-auc.ts';
import { placements } from '../../shared/statistics/placements.ts';
import { precisionRecall } from '../../shared/statistics/precision-recall.ts';
import { balancedAccuracy, ratesOf } from '../../shared/statistics/rates.ts';
import { rocCurve } from '../../shared/statistics/roc.ts';
import { groupSubjects } from '../../shared/statistics/subjects.ts';
import { youdenThreshold } from '../../shared/statistics/threshold.ts';
import { type BinaryFixture, type ClusteredFixture, fixture, type MulticlassFixture } from './fixture.ts';

const close = 1e-12;

/** Largest absolute difference of two columns; infinite bounds must be equal. */
function farthest(actual: ArrayLike<number>, expected: number[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(value - actual[i]!)));
}

describe('two classes agree with scikit-learn, statsmodels and the all-pairs computation', () => {
  const binary = fixture<BinaryFixture>('binary');
  const { truth, a, b } = binary.sample;

  it('AUC, tied scores counting one half', () => {
    expect(auc(truth, a)).toBeCloseTo(binary.auc.a, 12);
    expect(auc(truth, b)).toBeCloseTo(binary.auc.b, 12);
  });

  it("DeLong's variance, and that of the paired difference", () => {
    expect(delongVariance(placements(truth, a)!)).toBeCloseTo(binary.delong.varianceA, 14);
    expect(delongVariance(placements(truth, b)!)).toBeCloseTo(binary.delong.varianceB, 14);
    const paired = pairedAucDifference(truth, a, b, null)!;
    expect(paired.difference).toBeCloseTo(binary.auc.a - binary.auc.b, 12);
    expect(paired.standardError ** 2).toBeCloseTo(binary.delong.varianceOfDifference, 14);
  });

  it('every point of the ROC and of the precision–recall curve', () => {
    const roc = rocCurve(truth, a)!;
    expect(farthest(roc.falsePositiveRate, binary.roc.falsePositiveRate)).toBeLessThan(close);
    expect(farthest(roc.truePositiveRate, binary.roc.truePositiveRate)).toBeLessThan(close);
    expect(roc.thresholds[0]).toBe(Number.POSITIVE_INFINITY);
    expect(farthest(roc.thresholds.slice(1), binary.roc.thresholds)).toBe(0);
    const pr = precisionRecall(truth, a)!;
    expect(farthest(pr.precision, binary.precisionRecall.precision)).toBeLessThan(close);
    expect(farthest(pr.recall, binary.precisionRecall.recall)).toBeLessThan(close);
    expect(farthest(pr.thresholds.slice(1), binary.precisionRecall.thresholds)).toBe(0);
  });

  it('average precision, Brier score, log loss', () => {
    expect(averagePrecision(truth, a)).toBeCloseTo(binary.averagePrecision, 12);
    expect(brier(truth, a)).toBeCloseTo(binary.brier, 12);
    expect(logLoss(truth, a)).toBeCloseTo(binary.logLoss, 12);
  });

  it('calibration intercept with the logit as offset, and slope', () => {
    expect(calibrationIntercept(truth, a)).toBeCloseTo(binary.calibrationIntercept, 9);
    expect(calibrationSlope(truth, a)).toBeCloseTo(binary.calibrationSlope, 9);
  });

  it('the confusion matrix at a threshold and what follows from it', () => {
    const counts = confusionAt(truth, a, 0.4);
    expect(counts).toEqual(binary['confusionAt0.4']);
    const rates = ratesOf(counts);
    for (const key of ['accuracy', 'sensitivity', 'specificity', 'ppv', 'npv'] as const) {
      expect(rates[key].count / rates[key].of).toBeCloseTo(binary[key], 12);
    }
    expect(balancedAccuracy(counts)).toBeCloseTo(binary.balancedAccuracy, 12);
    expect(f1(counts)).toBeCloseTo(binary.f1, 12);
    expect(mcc(confusionTable(counts))).toBeCloseTo(binary.mcc, 12);
  });

  it('the Youden threshold makes the same decision', () => {
    const threshold = youdenThreshold(truth, a)!;
    expect(threshold).toBeLessThanOrEqual(binary.youden.score);
    const { sensitivity, specificity } = ratesOf(confusionAt(truth, a, threshold));
    const index = sensitivity.count / sensitivity.of + specificity.count / specificity.of - 1;
    expect(index).toBeCloseTo(binary.youden.index, 12);
  });

  it('net benefit of the decision curve', () => {
    const curve = decisionCurve(truth, a, Float64Array.from(binary.decisionCurve.thresholds))!;
    expect(farthest(curve.netBenefit, binary.decisionCurve.netBenefit)).toBeLessThan(close);
    expect(farthest(curve.treatAll, binary.decisionCurve.treatAll)).toBeLessThan(close);
  });
});

describe('several rows per person agree with Obuchowski’s formulas worked out person by person', () => {
  const clustered = fixture<ClusteredFixture>('clustered');
  const { subject, truth, a, b } = clustered.sample;
  const subjects = groupSubjects(subject, truth.length);

  it('variance of one AUC', () => {
    expect(clusteredDelongVariance(placements(truth, a)!, subjects)).toBeCloseTo(clustered.varianceA, 14);
    expect(clusteredDelongVariance(placements(truth, b)!, subjects)).toBeCloseTo(clustered.varianceB, 14);
  });

  it('variance of a paired difference', () => {
    const paired = pairedAucDifference(truth, a, b, subject)!;
    expect(paired.standardError ** 2).toBeCloseTo(clustered.varianceOfDifference, 14);
  });

  it('is not the variance that ignores the clusters', () => {
    expect(delongVariance(placements(truth, a)!)).toBeCloseTo(clustered.unclusteredVarianceA, 14);
    expect(Math.abs(clustered.varianceA / clustered.unclusteredVarianceA - 1)).toBeGreaterThan(0.04);
  });
});

describe('more classes agree with scikit-learn', () => {
  const multi = fixture<MulticlassFixture>('multiclass');
  const { classes, truth } = multi.sample;
  const scores = Float64Array.from(multi.sample.scores);

  it('macro AUC and average precision, Brier score, log loss', () => {
    expect(multiclassAuc(truth, scores, classes)).toBeCloseTo(multi.auc, 12);
    expect(multiclassAveragePrecision(truth, scores, classes)).toBeCloseTo(multi.averagePrecision, 12);
    expect(multiclassBrier(truth, scores, classes)).toBeCloseTo(multi.brier, 12);
    expect(multiclassLogLoss(truth, scores, classes)).toBeCloseTo(multi.logLoss, 12);
  });

  it('the confusion matrix and the estimates made from it', () => {
    const predicted = predictedClasses(scores, truth.length, classes);
    expect(confusionMatrix(truth, predicted, classes)).toEqual(multi.confusion);
    const all = estimateAll({ truth, scores, classes, subject: null, threshold: null, seed: 1 });
    expect(all.accuracy?.value).toBeCloseTo(multi.accuracy, 12);
    expect(all['balanced-accuracy']?.value).toBeCloseTo(multi.balancedAccuracy, 12);
    expect(all.f1?.value).toBeCloseTo(multi.f1, 12);
    expect(all.mcc?.value).toBeCloseTo(multi.mcc, 12);
  });
});

import { expect, test } from 'vitest';
import { type Derivatives, focalLogistic, focalSoftmax } from '../../main/training/recipes/trees/boosting/losses.ts';
import { softmaxOf } from '../../main/training/recipes/trees/boosting/softmax.ts';

const made = (): Derivatives => ({ loss: 0, gradient: 0, hessian: 0 });
const STEP = 1e-4;

/** First and second derivative of `loss` at 0 by central differences. */
function differences(loss: (by: number) => number): { gradient: number; hessian: number } {
  return {
    gradient: (loss(STEP) - loss(-STEP)) / (2 * STEP),
    hessian: (loss(STEP) - 2 * loss(0) + loss(-STEP)) / STEP ** 2,
  };
}

test.each([0, 0.5, 1, 2, 5])(
  'focal loss of two classes, gamma %d: derivatives are those of finite differences',
  (gamma) => {
    for (const positive of [true, false]) {
      for (const score of [-6, -2, -0.3, 0, 0.7, 3, 6]) {
        const out = made();
        const lossAt = (by: number): number => {
          focalLogistic(score + by, positive, gamma, out);
          return out.loss;
        };
        const expected = differences(lossAt);
        focalLogistic(score, positive, gamma, out);
        expect(out.gradient).toBeCloseTo(expected.gradient, 6);
        expect(out.hessian).toBeCloseTo(expected.hessian, 5);
        const p = 1 / (1 + Math.exp(positive ? -score : score));
        expect(out.loss).toBeCloseTo(-((1 - p) ** gamma) * Math.log(p), 10);
      }
    }
  },
);

test.each([0, 1, 2, 3.5])(
  'focal loss of three classes, gamma %d: derivatives are those of finite differences',
  (gamma) => {
    const p = new Float64Array(3);
    for (const scores of [Float64Array.of(0.2, -1, 0.5), Float64Array.of(3, 0, -2), Float64Array.of(-2, 1, 1)]) {
      for (let truth = 0; truth < 3; truth++) {
        for (let k = 0; k < 3; k++) {
          const out = made();
          const at = (by: number): number => {
            const moved = scores.slice();
            moved[k]! += by;
            softmaxOf(moved, 0, p);
            focalSoftmax(p[truth]!, p[k]!, k === truth, gamma, out);
            return out.loss;
          };
          const expected = differences(at);
          at(0);
          expect(out.gradient).toBeCloseTo(expected.gradient, 6);
          expect(out.hessian).toBeCloseTo(expected.hessian, 5);
        }
      }
    }
  },
);

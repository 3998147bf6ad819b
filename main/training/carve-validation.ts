import { makeSplit, TEST } from '../store/table/split.ts';
import type { Plan } from './plan/plan-run.ts';
import { strataOf } from './plan/strata.ts';

/** Share of the persons of a training part that early stopping looks at. */
const SHARE = 0.15;

/** Takes persons out of a training part, by stratum, for early stopping; positions among the plan's rows. */
export function carveValidation(
  plan: Plan,
  train: Int32Array,
  seed: number,
): { train: Int32Array; validation: Int32Array } {
  const { part } = makeSplit({
    subject: plan.subject === null ? null : train.map((i) => plan.subject![i]!),
    stratum: strataOf(
      Float64Array.from(train, (i) => plan.y[i]!),
      plan.classes,
    ),
    shares: { train: 1 - SHARE, validation: 0, test: SHARE },
    seed,
  });
  return {
    train: train.filter((_, i) => part[i] !== TEST),
    validation: train.filter((_, i) => part[i] === TEST),
  };
}

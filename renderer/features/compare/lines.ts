import type { EvaluationView, PredictionColumns } from '../../../shared/model/evaluation.ts';
import { calibrationBins } from '../../../shared/statistics/calibration-bins.ts';
import { rocCurve } from '../../../shared/statistics/roc.ts';
import type { CalibrationLine } from '../../figures/calibration.ts';
import { meanBins } from '../../figures/mean-bins.ts';
import type { ObservedLine } from '../../figures/observed-lines.ts';
import type { RocLine } from '../../figures/roc.ts';

/** One run as it is drawn: its letter, colour and whether its slot is dashed. */
export type Drawn = { label: string; colour: string; dashed: boolean; view: EvaluationView };

/** The held-out part of a binary run; null for others. */
export function heldOutBinary(view: EvaluationView): PredictionColumns | null {
  if (view.evaluation.task !== 'binary') return null;
  return view.predictions.find(({ part }) => part !== 'validation') ?? null;
}

export function rocLine({ label, colour, dashed, view }: Drawn): RocLine | null {
  const part = heldOutBinary(view);
  const curve = part && rocCurve(part.truth, part.scores);
  return curve && { label, colour, ...(dashed && { dash: 'dash' as const }), ...curve };
}

export function calibrationLine({ label, colour, view }: Drawn, bins: number): CalibrationLine | null {
  const part = heldOutBinary(view);
  return part && { label, colour, bins: calibrationBins(part.truth, part.scores, part.subject, { bins, seed: 0 }) };
}

/** Means of what was observed over what was predicted; null for a run that predicts no number. */
export function observedLine({ label, colour, view }: Drawn): ObservedLine | null {
  if (view.evaluation.task !== 'regression') return null;
  const part = view.predictions.find((one) => one.part !== 'validation');
  return part ? { label, colour, bins: meanBins(part.scores, part.truth) } : null;
}

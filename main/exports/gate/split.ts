import type { ReleasedSplit } from '../../../shared/model/exportable-run.ts';
import type { Policy } from '../../../shared/model/policy.ts';
import type { SplitSummary } from '../../../shared/model/run.ts';
import type { Notes } from './notes.ts';
import { roundChain } from './round-counts.ts';

/**
 * Sizes of the split, rounded so that they add up to the rounded whole (S2). When one part is under k all are kept back,
 * since the whole less the others would tell it (S1). A part that the split never had is null.
 * @param personsKnown whether the dataset says who is who; otherwise sizes stay
 */
export function gateSplit(
  split: SplitSummary | null,
  personsKnown: boolean,
  policy: Policy,
  notes: Notes,
): ReleasedSplit | null {
  if (split === null) return null;
  const sizes = [split.train, split.validation, split.test];
  // The test part first: it is then the rounded number of persons that the evaluation counts.
  const rounded = roundChain([...sizes].reverse(), policy.base).reverse();
  const safe = personsKnown && sizes.every((size, i) => size === 0 || (size >= policy.k && rounded[i]! >= policy.k));
  const has = split.kind === 'folds' ? [] : sizes.filter((size) => size > 0);
  if (safe) notes.changed('S2', 'counts rounded to 5', has.length);
  else
    notes.refused(
      'S1',
      'sizes of the split: a part holds fewer than k persons, or persons cannot be counted',
      has.length,
    );
  const part = (i: number): ReleasedSplit['train'] => {
    if (split.kind === 'folds' || sizes[i] === 0) return null;
    return safe ? rounded[i]! : { suppressed: 'S1' };
  };
  return { kind: split.kind, unit: split.unit, folds: split.folds, train: part(0), validation: part(1), test: part(2) };
}

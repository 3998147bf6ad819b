import type { PredictionColumns } from '../../../shared/model/evaluation.ts';
import type { ReleasedHistogram, Suppressed } from '../../../shared/model/exportable-run.ts';
import type { Policy } from '../../../shared/model/policy.ts';
import { leastBins } from './roc.ts';
import { roundChain } from './round-counts.ts';
import { roundNumber } from './round-number.ts';

/** Edges are multiples of 1/20, whatever the data. */
const cells = 20;

type Bin = {
  from: number;
  to: number;
  positives: number;
  negatives: number;
  positivePersons: Set<number>;
  negativePersons: Set<number>;
};

/**
 * S6 and S8 for the histogram of scores per true class: fixed edges, neighbours merged until each bin holds at least k
 * persons of either class, the tails joined to their neighbour; counts rounded so that they add up to the class totals.
 */
export function releaseHistogram(
  columns: Pick<PredictionColumns, 'rows' | 'truth' | 'scores'>,
  personOf: ArrayLike<number>,
  policy: Policy,
): ReleasedHistogram | Suppressed {
  const fine = Array.from({ length: cells }, (_, i) => emptyBin(i / cells, (i + 1) / cells));
  for (let row = 0; row < columns.rows; row++) {
    const bin = fine[Math.min(cells - 1, Math.max(0, Math.floor(columns.scores[row]! * cells)))]!;
    if (columns.truth[row] === 1) {
      bin.positives++;
      bin.positivePersons.add(personOf[row]!);
    } else {
      bin.negatives++;
      bin.negativePersons.add(personOf[row]!);
    }
  }
  // A bin of 11 would be shown as 10: bins hold k after rounding too.
  const leastRows = policy.base * Math.ceil(policy.k / policy.base);
  const merged = mergeNeighbours(fine, policy.k, leastRows);
  if (merged.length < leastBins) return { suppressed: 'S8' };
  // From the highest bin down, positives first: the same chain as every other count of the run.
  const falling = [...merged].reverse();
  const rounded = roundChain(
    [...falling.map((bin) => bin.positives), ...falling.map((bin) => bin.negatives)],
    policy.base,
  );
  const bins = falling.map((bin, i) => ({
    from: roundNumber(bin.from, 2),
    to: roundNumber(bin.to, 2),
    positives: rounded[i]!,
    negatives: rounded[falling.length + i]!,
  }));
  return { bins: bins.reverse() };
}

function mergeNeighbours(fine: Bin[], k: number, leastRows: number): Bin[] {
  const merged: Bin[] = [];
  let open: Bin | null = null;
  for (const bin of fine) {
    open = open === null ? bin : join(open, bin);
    if (isFull(open, k, leastRows)) {
      merged.push(open);
      open = null;
    }
  }
  if (open === null) return merged;
  const last = merged.pop();
  return last === undefined ? [] : [...merged, join(last, open)];
}

const isFull = (bin: Bin, k: number, leastRows: number): boolean =>
  bin.positivePersons.size >= k &&
  bin.negativePersons.size >= k &&
  bin.positives >= leastRows &&
  bin.negatives >= leastRows;

const join = (a: Bin, b: Bin): Bin => ({
  from: a.from,
  to: b.to,
  positives: a.positives + b.positives,
  negatives: a.negatives + b.negatives,
  positivePersons: new Set([...a.positivePersons, ...b.positivePersons]),
  negativePersons: new Set([...a.negativePersons, ...b.negativePersons]),
});

const emptyBin = (from: number, to: number): Bin => ({
  from,
  to,
  positives: 0,
  negatives: 0,
  positivePersons: new Set(),
  negativePersons: new Set(),
});

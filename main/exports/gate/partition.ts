import type { PredictionColumns } from '../../../shared/model/evaluation.ts';

/** More bins show nothing more: with many persons each bin holds at least this part of either class. */
const mostBins = 25;

/** One merged bin of scores: rows of each class, and the mean score. Bins run from the highest scores to the lowest. */
export type ScoreBin = { positives: number; negatives: number; meanScore: number };

type Least = { persons: number; positives: number; negatives: number };
type Open = { positives: Set<number>; negatives: Set<number>; bin: ScoreBin; scores: number; rows: number };

/**
 * S6: merges rows, from the highest score down, until each bin holds at least k persons of either class; equal scores stay
 * together, and what is left at the end joins the last bin. With `threshold` no bin reaches over it, so that the decision
 * point is an edge and curve and matrix share one partition. Returns null when a side has no full bin.
 * @param personOf number of the person of each row
 */
export function mergeScores(
  columns: Pick<PredictionColumns, 'rows' | 'truth' | 'scores'>,
  personOf: ArrayLike<number>,
  threshold: number | null,
  k: number,
): { bins: ScoreBin[]; thresholdEdge: number | null } | null {
  const order = Array.from({ length: columns.rows }, (_, row) => row).sort(
    (a, b) => columns.scores[b]! - columns.scores[a]!,
  );
  const cut = threshold === null ? order.length : order.findIndex((row) => columns.scores[row]! < threshold);
  const above = order.slice(0, cut === -1 ? order.length : cut);
  const below = order.slice(above.length);
  const positives = columns.truth.reduce((sum, label) => sum + (label === 1 ? 1 : 0), 0);
  const least = { persons: k, positives: positives / mostBins, negatives: (columns.rows - positives) / mostBins };
  const upper = mergeSide(columns, personOf, above, least);
  if (threshold === null) return upper === null ? null : { bins: upper, thresholdEdge: null };
  const lower = mergeSide(columns, personOf, below, least);
  return upper === null || lower === null ? null : { bins: [...upper, ...lower], thresholdEdge: upper.length };
}

function mergeSide(
  columns: Pick<PredictionColumns, 'truth' | 'scores'>,
  personOf: ArrayLike<number>,
  rows: number[],
  least: Least,
): ScoreBin[] | null {
  const closed: Open[] = [];
  let open = openBin();
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const score = columns.scores[row]!;
    const positive = columns.truth[row] === 1;
    (positive ? open.positives : open.negatives).add(personOf[row]!);
    if (positive) open.bin.positives++;
    else open.bin.negatives++;
    open.scores += score;
    open.rows++;
    const tied = i + 1 < rows.length && columns.scores[rows[i + 1]!] === score;
    if (!tied && isFull(open, least)) {
      closed.push(open);
      open = openBin();
    }
  }
  const last = closed.at(-1);
  if (last === undefined) return null;
  last.bin.positives += open.bin.positives;
  last.bin.negatives += open.bin.negatives;
  last.scores += open.scores;
  last.rows += open.rows;
  return closed.map(({ bin, scores, rows: count }) => ({ ...bin, meanScore: scores / count }));
}

const openBin = (): Open => ({
  positives: new Set(),
  negatives: new Set(),
  bin: { positives: 0, negatives: 0, meanScore: 0 },
  scores: 0,
  rows: 0,
});

const isFull = (open: Open, least: Least): boolean =>
  open.positives.size >= least.persons &&
  open.negatives.size >= least.persons &&
  open.bin.positives >= least.positives &&
  open.bin.negatives >= least.negatives;

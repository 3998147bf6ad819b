const BINS = 10;
const LEAST_IN_BIN = 5;

/**
 * Means of values in at most ten bins of equally many rows, from the smallest to the largest prediction; at least five rows in each.
 * Rows with the same prediction stay in one bin.
 */
export function meanBins(
  predicted: ArrayLike<number>,
  values: ArrayLike<number>,
): { predicted: number; mean: number; rows: number }[] {
  const rows = predicted.length;
  const order = Array.from({ length: rows }, (_, at) => at).sort((a, b) => predicted[a]! - predicted[b]!);
  const bins = Math.max(1, Math.min(BINS, Math.floor(rows / LEAST_IN_BIN)));
  const found: { predicted: number; mean: number; rows: number }[] = [];
  let from = 0;
  for (let bin = 1; bin <= bins && from < rows; bin += 1) {
    let to = Math.max(from + 1, Math.round((rows * bin) / bins));
    while (to < rows && predicted[order[to]!] === predicted[order[to - 1]!]) to += 1;
    const own = order.slice(from, to);
    const mean = (of: ArrayLike<number>) => own.reduce((sum, at) => sum + of[at]!, 0) / own.length;
    found.push({ predicted: mean(predicted), mean: mean(values), rows: own.length });
    from = to;
  }
  return found;
}

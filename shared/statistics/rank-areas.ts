import type { Ranked } from './ranked.ts';

/**
 * AUC and average precision of each class against the rest as unweighted means over classes, to the last bit what `macroMean` of
 * `aucOfRanked` and of `averagePrecisionOfRanked` are, into `out[0]` and `out[1]`: one walk over a class for both, since a bootstrap
 * asks for them some ten thousand times. `weights` is a multiplicity per original row.
 */
export function macroRankAreas(perClass: Ranked[], weights: Uint16Array, out: Float64Array): void {
  let [aucs, ofAuc, precisions, ofPrecision] = [0, 0, 0, 0];
  for (const ranked of perClass) {
    const { area, precision } = rankAreas(ranked, weights);
    if (!Number.isNaN(area)) {
      aucs += area;
      ofAuc++;
    }
    if (!Number.isNaN(precision)) {
      precisions += precision;
      ofPrecision++;
    }
  }
  out[0] = aucs / ofAuc;
  out[1] = precisions / ofPrecision;
}

function rankAreas({ positive, scores, order }: Ranked, weights: Uint16Array): { area: number; precision: number } {
  const rows = scores.length;
  let positives = 0;
  let negatives = 0;
  let won = 0;
  let sum = 0;
  for (let k = 0; k < rows; ) {
    const score = scores[k]!;
    let tiedPositives = 0;
    let tiedNegatives = 0;
    do {
      const weight = weights[order[k]!]!;
      if (positive[k] === 1) tiedPositives += weight;
      else tiedNegatives += weight;
      k++;
    } while (k < rows && scores[k] === score);
    won += tiedNegatives * (positives + tiedPositives / 2);
    negatives += tiedNegatives;
    if (tiedPositives === 0) continue;
    positives += tiedPositives;
    sum += tiedPositives * (positives / (positives + negatives));
  }
  return { area: won / (positives * negatives), precision: negatives === 0 ? Number.NaN : sum / positives };
}

import type { Policy } from '../../../shared/model/policy.ts';
import { type Cells, type Small, smallByRows } from './cells.ts';
import { releaseTable } from './release-table.ts';
import { roundChain, roundCount } from './round-counts.ts';
import type { Decimals } from './table-metrics.ts';

/** How far from the truth other tables are looked for; rounding to 5 hides fewer steps than this per cell. */
const reach = 4;

/**
 * S4: how many count tables would have given exactly the same release, looked for near the true one and counted up to
 * `limit`. Every rounded count, rate, interval and bound must agree, because the release itself is computed anew for each
 * candidate. A cell kept back by S3 may hold anything from 0 to k − 1.
 */
export function countTables(
  cells: Cells,
  small: Small,
  clustered: boolean,
  policy: Policy,
  decimals: Decimals,
  limit: number,
  visit: (table: Cells) => void = () => {},
): number {
  const release = (table: Cells, flags: Small) => releaseTable(table, flags, clustered, policy, decimals);
  const truth = release(cells, small);
  const wanted = JSON.stringify(truth);
  const rounded = (table: Cells): string => roundChain([table.tp, table.fn, table.fp, table.tn], policy.base).join();
  const matrix = 'suppressed' in truth.confusion ? null : rounded(cells);
  const total = roundCount(sumOf(cells), policy.base);
  let found = 0;
  const positives = pairs(cells.tp, cells.fn, small.tp, small.fn, policy.k);
  const negatives = pairs(cells.fp, cells.tn, small.fp, small.tn, policy.k);
  for (const [tp, fn] of positives) {
    for (const [fp, tn] of negatives) {
      const table = { tp, fn, fp, tn };
      // Cheap questions first: most candidates round to other counts.
      if (roundCount(sumOf(table), policy.base) !== total || (matrix !== null && rounded(table) !== matrix)) continue;
      // With several rows per person the number of persons in another table is unknown: the flags stay as they are.
      if (JSON.stringify(release(table, clustered ? small : smallByRows(table, policy.k))) !== wanted) continue;
      visit(table);
      if (++found >= limit) return found;
    }
  }
  return found;
}

const sumOf = ({ tp, fn, fp, tn }: Cells): number => tp + fn + fp + tn;

/** Candidates for the two cells of one true class, the nearest first. */
function pairs(a: number, b: number, aSmall: boolean, bSmall: boolean, k: number): [number, number][] {
  const list: [number, number][] = [];
  const hidden = Array.from({ length: k }, (_, n) => n);
  for (const x of steps) {
    if (aSmall) for (const n of hidden) list.push([n, a + b + x - n]);
    else if (bSmall) for (const n of hidden) list.push([a + b + x - n, n]);
    else for (const y of steps) list.push([a + x, b + y]);
  }
  const distance = ([x, y]: [number, number]): number => Math.abs(x - a) + Math.abs(y - b);
  return list.filter(([x, y]) => x >= 0 && y >= 0).sort((first, second) => distance(first) - distance(second));
}

const steps = Array.from({ length: 2 * reach + 1 }, (_, n) => n - reach);

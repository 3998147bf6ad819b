import type { Row } from '../bench.ts';
import { seriesDigest } from './series-digest.ts';
import { measure, type Side } from './tracking-sides.ts';

export type Logged = { side: Side; seconds: number; run: string };
const turns = 5;

/**
 * The same calls (`single` or `batch` of tracking.py) of the same client to each side, in turns of a fifth, so that a slower moment
 * of the machine meets all. The sums, in the order of the sides.
 */
export async function logByTurns(
  python: string,
  sides: readonly Side[],
  mode: 'single' | 'batch',
  calls: number,
): Promise<Logged[]> {
  const count = calls / turns;
  // A server that only answers {} makes no run: any id will do there.
  const logged = sides.map((side): Logged => ({ side, seconds: 0, run: side.data === '' ? 'e'.repeat(32) : '' }));
  for (let turn = 0; turn < turns; turn++) {
    for (const one of logged) {
      const { seconds, run } = await measure<Omit<Logged, 'side'>>(
        python,
        one.side,
        mode,
        count,
        one.run,
        turn * count,
      );
      one.seconds += seconds;
      one.run = run;
    }
  }
  return logged;
}

/** How much faster we are than the better of the others, and whether both hold the same points. */
export async function againstMlflow(
  python: string,
  own: Logged,
  others: readonly Logged[],
  what: string,
  target: number,
): Promise<Row[]> {
  const theirs = others.reduce((best, one) => (one.seconds < best.seconds ? one : best));
  const { side, run } = theirs;
  const stored = await measure<Record<string, string>>(python, side, 'stored', side.data, run);
  const series = Object.entries(stored);
  const differ = series.filter(([key, digest]) => digest !== seriesDigest(own.side.data, own.run, key));
  const ratio = theirs.seconds / own.seconds;
  return [
    {
      name: what,
      figure: own.seconds,
      unit: 's',
      baseline: { name: side.name, figure: theirs.seconds },
      ratio,
      target: `at least ${target}×`,
      met: ratio >= target,
    },
    {
      name: `${what}: series of ${series.length} stored by both that are not equal bit for bit`,
      figure: differ.length,
      unit: '',
      target: '0',
      met: differ.length === 0 && series.length > 0,
    },
  ];
}

/** Our time over that of a server that does nothing: what the client and HTTP cost anyway. */
export function againstNothing(own: Logged, nothing: Logged, what: string, most: number | null): Row {
  const ratio = own.seconds / nothing.seconds;
  return {
    name: what,
    figure: own.seconds,
    unit: 's',
    baseline: { name: nothing.side.name, figure: nothing.seconds },
    ratio,
    target: most === null ? 'for comparison' : `at most ${most}×`,
    met: most === null || ratio <= most,
  };
}

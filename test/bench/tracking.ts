import { clientPython } from '../tracking/clients/python.ts';
import type { Row, Scale } from './bench.ts';
import { seriesDigest } from './children/series-digest.ts';
import { measure, type Side, startEmpty, startMlflow, startWardbook } from './children/tracking-sides.ts';

export const title =
  'Tracking server: single log_metric calls and batches against mlflow server, same client and cores';

type Logged = { seconds: number; run: string };
const turns = 5;

/**
 * The same calls of the same client to each side in turns of a fifth, every side alone while it is measured, so that a slower
 * moment of the machine meets all; the sums, and of mlflow server the better of 1 and 4 workers. What is stored is compared
 * afterwards.
 */
export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const python = clientPython(3);
  if (python === null)
    throw new Error('no Python with MLflow 3 is here: set WARDBOOK_MLFLOW3, or run node tools/python-clients.mjs');
  const [calls, batches] = scale === 'full' ? [10_000, 1_000] : [1_000, 100];
  const sides = {
    own: await startWardbook(),
    one: await startMlflow(1),
    four: await startMlflow(4),
    empty: await startEmpty(),
  };
  const sums = { single: new Map<string, Logged>(), batch: new Map<string, Logged>() };
  try {
    for (let turn = 0; turn < turns; turn++) {
      for (const [key, side] of Object.entries(sides)) {
        if (side === null) continue;
        for (const [mode, count] of [
          ['single', calls / turns],
          ['batch', batches / turns],
        ] as const) {
          const before = sums[mode].get(key) ?? { seconds: 0, run: key === 'empty' ? 'e'.repeat(32) : '' };
          const { seconds, run } = await measure<Logged>(python, side, mode, count, before.run, turn * count);
          sums[mode].set(key, { seconds: before.seconds + seconds, run });
        }
      }
    }
    return [
      ...(await rowsOf(python, sides, sums.single, `${calls} log_metric calls`, 2)),
      ...(await rowsOf(python, sides, sums.batch, `${batches} log_batch calls of 1,000 points`, 5)),
    ];
  } finally {
    for (const side of Object.values(sides)) await side?.stop();
  }
}

async function rowsOf(
  python: string,
  sides: Record<'own' | 'one' | 'four' | 'empty', Side | null>,
  sums: Map<string, Logged>,
  what: string,
  target: number,
): Promise<Row[]> {
  const own = sums.get('own')!;
  const mlflow = sums.get('one')!.seconds <= sums.get('four')!.seconds ? 'one' : 'four';
  const theirs = sums.get(mlflow)!;
  const empty = sums.get('empty')!;
  const stored = await measure<Record<string, string>>(
    python,
    sides[mlflow]!,
    'stored',
    sides[mlflow]!.data,
    theirs.run,
  );
  const differ = Object.entries(stored).filter(
    ([key, digest]) => digest !== seriesDigest(sides.own!.data, own.run, key),
  );
  return [
    {
      name: what,
      figure: own.seconds,
      unit: 's',
      baseline: { name: sides[mlflow]!.name, figure: theirs.seconds },
      ratio: theirs.seconds / own.seconds,
      target: `at least ${target}×`,
      met: theirs.seconds / own.seconds >= target,
    },
    {
      name: `${what}, and the client alone`,
      figure: own.seconds,
      unit: 's',
      baseline: { name: sides.empty!.name, figure: empty.seconds },
      ratio: own.seconds / empty.seconds,
      target: target === 2 ? 'at most 1.3×' : 'for comparison',
      met: target !== 2 || own.seconds / empty.seconds <= 1.3,
    },
    {
      name: `series of ${Object.keys(stored).length} stored by both that are not equal bit for bit`,
      figure: differ.length,
      unit: '',
      target: '0',
      met: differ.length === 0 && Object.keys(stored).length > 0,
    },
  ];
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRunImport } from '../../main/importers/source-process.ts';
import { decodeEvent } from '../../main/importers/tensorboard/messages.ts';
import { readScalarEvent } from '../../main/importers/tensorboard/scalar-event.ts';
import { openVault } from '../../main/store/open-vault.ts';
import { importMutated, partialRuns } from '../importers/mutations.ts';
import { scalarEvent, writeEventFile } from '../importers/write-events.ts';
import { seededRandom } from '../store/vault-fixture.ts';
import type { Row, Scale } from './bench.ts';

export const title = 'Import of runs';

const SCALARS = 1_000_000;
const MOST_SECONDS = 2;

/** A million scalars in the importing child, start and all; what decoding by hand saves; mutated sources. */
export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-bench-'));
  try {
    const logs = join(folder, 'logs');
    writeEventFile(join(logs, 'run', 'events.out.tfevents.1700000000.host.1.0'), SCALARS, 10);
    const seconds: number[] = [];
    for (let i = 0; i < 3; i++) {
      const vault = join(folder, `vault-${i}`);
      openVault(vault, { purpose: 'bench' }).close();
      const started = performance.now();
      const { points } = await startRunImport(vault, { format: 'tensorboard', path: logs, study: null }).done;
      seconds.push((performance.now() - started) / 1000);
      if (points !== SCALARS) throw new Error(`${points} points were imported`);
    }
    const median = seconds.sort((a, b) => a - b)[1]!;
    const { byHand, byLibrary } = decoding();
    const count = scale === 'full' ? 100_000 : 10_000;
    const vault = openVault(join(folder, 'mutated'), { purpose: 'bench' });
    const { imported, slowestMs } = await importMutated(vault, folder, count, seededRandom(2026));
    const { orphans, folders } = partialRuns(vault);
    vault.close();
    return [
      {
        name: 'import of 1 M TensorBoard scalars, 10 series, median of 3',
        figure: median,
        unit: 's',
        target: `≤ ${MOST_SECONDS} s`,
        met: median <= MOST_SECONDS,
      },
      {
        name: 'decoding a scalar event by hand',
        figure: byHand,
        unit: 'µs',
        baseline: { name: 'by the library', figure: byLibrary },
        ratio: byLibrary / byHand,
        target: '≥ 5×',
        met: byLibrary / byHand >= 5,
      },
      {
        name: `runs or studies in part after ${count.toLocaleString('en')} mutated sources (${imported.toLocaleString('en')} imported)`,
        figure: orphans + folders.length,
        unit: '',
        target: '0',
        met: orphans + folders.length === 0,
      },
      { name: 'the slowest of them', figure: slowestMs, unit: 'ms', target: '≤ 5,000 ms', met: slowestMs <= 5_000 },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** µs per event. */
function decoding(): { byHand: number; byLibrary: number } {
  const event = scalarEvent(1.7e9, 123_456, 'train/loss', 0.25);
  const out = { wallTime: 0, step: 0, tag: '', value: 0 };
  const timed = (times: number, work: () => void): number => {
    for (let i = 0; i < times / 10; i++) work();
    const started = performance.now();
    for (let i = 0; i < times; i++) work();
    return ((performance.now() - started) / times) * 1000;
  };
  return {
    byHand: timed(1_000_000, () => readScalarEvent(event, 0, event.length, out)),
    byLibrary: timed(100_000, () => decodeEvent(event)),
  };
}

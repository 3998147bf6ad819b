import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
const METRIC_FILES = 50_000;

/** A million scalars and many small files in the importing child, start and all; what decoding by hand saves; mutated sources. */
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
    const small = await manySmallFiles(folder);
    const vault = openVault(join(folder, 'mutated'), { purpose: 'bench' });
    const anywhere = await importMutated(vault, folder, count, seededRandom(2026));
    const payloads = await importMutated(vault, folder, count, seededRandom(2027), 'payloads');
    const slowest = Math.max(anywhere.slowestMs, payloads.slowestMs);
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
        name: `import of an mlruns folder with ${METRIC_FILES.toLocaleString('en')} metric files, ${METRIC_FILES / 100} runs`,
        figure: small.first,
        unit: 's',
        target: '≤ 60 s',
        met: small.first <= 60,
      },
      {
        name: 'the same again, nothing new',
        figure: small.second,
        unit: 's',
        target: '≤ 5 s',
        met: small.second <= 5,
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
        name: `runs or studies in part after ${count.toLocaleString('en')} mutated sources (${anywhere.imported.toLocaleString('en')} imported), and as many with checksums that are right (${payloads.imported.toLocaleString('en')})`,
        figure: orphans + folders.length,
        unit: '',
        target: '0',
        met: orphans + folders.length === 0,
      },
      { name: 'the slowest of them', figure: slowest, unit: 'ms', target: '≤ 5,000 ms', met: slowest <= 5_000 },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds for a folder of many runs with a hundred short series each, and for the same folder again. */
async function manySmallFiles(folder: string): Promise<{ first: number; second: number }> {
  const root = join(folder, 'mlruns');
  writeMlruns(root, METRIC_FILES / 100);
  const vault = join(folder, 'small');
  openVault(vault, { purpose: 'bench' }).close();
  const timed = async (points: number): Promise<number> => {
    const started = performance.now();
    const summary = await startRunImport(vault, { format: 'mlruns', path: root, study: null }).done;
    if (summary.points !== points) throw new Error(`${summary.points} points were imported`);
    return (performance.now() - started) / 1000;
  };
  return { first: await timed(METRIC_FILES * 3), second: await timed(0) };
}

/** As MLflow's file store lays runs out: a hundred metrics of three points, five params and three tags each. */
function writeMlruns(root: string, runs: number): void {
  mkdirSync(join(root, '1'), { recursive: true });
  writeFileSync(join(root, '1', 'meta.yaml'), "experiment_id: '1'\nlifecycle_stage: active\nname: many\n");
  for (let i = 0; i < runs; i++) {
    const id = i.toString(16).padStart(32, '0');
    const place = join(root, '1', id);
    for (const part of ['metrics', 'params', 'tags', 'artifacts']) mkdirSync(join(place, part), { recursive: true });
    writeFileSync(
      join(place, 'meta.yaml'),
      `artifact_uri: file:///gone/${id}/artifacts\nend_time: 1700000001000\nexperiment_id: '1'\nlifecycle_stage: active
run_id: '${id}'\nrun_name: run-${i}\nstart_time: 1700000000000\nstatus: 3\nuser_id: anna\n`,
    );
    for (let m = 0; m < 100; m++) {
      const lines = [0, 1, 2].map((step) => `${1.7e12 + step} ${(i + m + step) / 7} ${step}\n`);
      writeFileSync(join(place, 'metrics', `metric-${m}`), lines.join(''));
    }
    for (let p = 0; p < 5; p++) writeFileSync(join(place, 'params', `param-${p}`), String(p));
    for (let t = 0; t < 3; t++) writeFileSync(join(place, 'tags', `tag-${t}`), String(t));
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

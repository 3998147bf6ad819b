import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addEngine } from '../../main/training/engines/added/add-engine.ts';
import { testInChild } from '../../main/training/engines/added/self-test.ts';
import { builtEngine } from '../training/engines/built-engine.ts';
import type { Row } from './bench.ts';

export const title = 'mlp on native TensorFlow, time per epoch against the engine cpu';

type Fit = { times: number[]; tensors: number[] };
const target = 'stated, no target';
const shapes = [
  { rows: 2_000, hidden: '32, 16', batch: 32 },
  { rows: 20_000, hidden: '64, 32', batch: 128 },
  { rows: 20_000, hidden: '256, 256', batch: 256 },
];
const rounds = 3;

/** Both sides by turns in the same run; the median epoch of all rounds. */
export async function run(): Promise<Row[]> {
  const folder = builtEngine();
  if (folder === null) {
    const name = 'not measured here: needs the engine (npm run engine:tensorflow)';
    return [{ name, figure: Number.NaN, unit: 'ms', target, met: true }];
  }
  const engines = mkdtempSync(join(tmpdir(), 'wardbook-bench-'));
  try {
    await addEngine(folder, { engines, selfTest: testInChild });
    const rows: Row[] = [];
    for (const { rows: count, hidden, batch } of shapes) {
      const fits = { cpu: [] as Fit[], tensorflow: [] as Fit[], deterministic: [] as Fit[] };
      const args = [String(count), hidden, String(batch)];
      for (let round = 0; round < rounds; round++) {
        fits.cpu.push(fitOn(engines, 'cpu', ...args));
        fits.tensorflow.push(fitOn(engines, 'tensorflow', ...args));
        fits.deterministic.push(fitOn(engines, 'tensorflow', ...args, 'deterministic'));
      }
      const cpu = medianOf(fits.cpu);
      for (const side of ['tensorflow', 'deterministic'] as const) {
        const figure = medianOf(fits[side]);
        const flat = fits[side].every(({ tensors }) => new Set(tensors).size === 1);
        rows.push({
          name: `${side === 'tensorflow' ? 'as it is' : 'deterministic'}, ${count} rows × 50, layers ${hidden}, batches of ${batch}${flat ? '' : ', TENSORS LEFT OVER'}`,
          figure,
          unit: 'ms',
          baseline: { name: 'cpu', figure: cpu },
          ratio: figure / cpu,
          target,
          met: flat,
        });
      }
    }
    return rows;
  } finally {
    rmSync(engines, { recursive: true, force: true });
  }
}

function fitOn(engines: string, ...args: string[]): Fit {
  const child = join(import.meta.dirname, 'children', 'fit-epochs.ts');
  const env = { ...process.env, WARDBOOK_ENGINES: engines };
  const { status, stdout, stderr } = spawnSync(process.execPath, [child, ...args], { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`fit-epochs ${args.join(' ')} ended with ${status}: ${stderr.slice(-500)}`);
  return JSON.parse(stdout) as Fit;
}

function medianOf(fits: Fit[]): number {
  const times = fits.flatMap(({ times }) => times).sort((a, b) => a - b);
  return times[times.length >> 1]!;
}

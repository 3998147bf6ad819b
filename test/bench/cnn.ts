import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addEngine } from '../../main/training/engines/added/add-engine.ts';
import { testInChild } from '../../main/training/engines/added/self-test.ts';
import { hasSampleData, jsonOf } from '../acceptance/wardbook.ts';
import { builtEngine } from '../training/engines/built-engine.ts';
import type { Bench, Row } from './bench.ts';
import { folder } from './children/pneumonia.ts';

export const title = 'cnn on pneumonia-xray, two cores: time per epoch against PyTorch, and three whole runs';

type Epochs = { seconds: number[] };
type Trained = { metrics: Record<string, { value: number }> };

/**
 * Epochs of the recipe with its defaults (augmentation included) and of the same residual net in PyTorch (WARDBOOK_PYTHON, without
 * augmentation), by turns; the median of all epochs but each process's first, which also compiles. `full` trains three seeds by the
 * command line, from its start to the evaluated run.
 */
export const run: Bench['run'] = async ({ scale }) => {
  if (!hasSampleData) {
    return [{ name: 'not measured here: needs ../shared/data', figure: Number.NaN, unit: '', target: '', met: true }];
  }
  const temporary = mkdtempSync(join(tmpdir(), 'wardbook-bench-'));
  try {
    const rows = await perEpoch(join(temporary, 'engines'), scale === 'full' ? 3 : 1);
    if (scale === 'full') rows.push(...(await wholeRuns(join(temporary, 'vault'))));
    return rows;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
};

async function perEpoch(engines: string, rounds: number): Promise<Row[]> {
  const python = process.env['WARDBOOK_PYTHON'];
  const built = builtEngine();
  if (built !== null) await addEngine(built, { engines, selfTest: testInChild });
  const sides: { engine: 'cpu' | 'tensorflow'; most: number; seconds: number[] }[] = [
    { engine: 'cpu', most: 10, seconds: [] },
    ...(built === null ? [] : [{ engine: 'tensorflow' as const, most: 2, seconds: [] }]),
  ];
  const torch: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const { engine, seconds } of sides) {
      const script = join(import.meta.dirname, 'children', 'cnn-epochs.ts');
      seconds.push(...later(timed(process.execPath, [script, engine, '3'], engines)));
    }
    if (python)
      torch.push(...later(timed(python, [join(import.meta.dirname, 'children', 'cnn.py'), folder, '3'], engines)));
  }
  return sides.map(({ engine, most, seconds }) => {
    const figure = median(seconds);
    const row = { name: `${engine}: one epoch of 3,882 images`, figure, unit: 's' };
    if (!python) return { ...row, target: 'not compared: WARDBOOK_PYTHON names no Python with PyTorch', met: true };
    const baseline = { name: 'PyTorch, same net', figure: median(torch) };
    const ratio = figure / baseline.figure;
    return { ...row, baseline, ratio, target: `at most ${most} times`, met: ratio <= most };
  });
}

function timed(program: string, args: string[], engines: string): Epochs {
  const env = { ...process.env, WARDBOOK_ENGINES: engines };
  const child = spawnSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.status !== 0) throw new Error(`${program} ${args[0]} ended with ${child.signal ?? child.status}.`);
  return JSON.parse(child.stdout) as Epochs;
}

const later = ({ seconds }: Epochs): number[] => seconds.slice(1);
const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function wholeRuns(vault: string): Promise<Row[]> {
  await jsonOf(vault, 'dataset', 'import', folder, '--name', 'pneumonia', '--subject-per-row');
  const [data, split] = [
    ['--dataset', 'pneumonia', '--target', 'label'],
    ['--split-column', 'split'],
  ];
  const begun = performance.now();
  const tested: number[] = [];
  for (const seed of ['1', '2', '3']) {
    const args = [...data, ...split, '--allow-near-duplicates', '--engine', 'cpu', '--seed', seed];
    tested.push((await jsonOf<Trained>(vault, 'train', 'cnn', ...args)).metrics['auc']!.value);
  }
  const minutes = (performance.now() - begun) / 60_000;
  const mean = tested.reduce((a, b) => a + b, 0) / tested.length;
  return [
    {
      name: `mean test AUC of three seeds (${tested.map((value) => value.toFixed(4)).join(', ')})`,
      figure: mean,
      unit: '',
      target: 'at least 0.955, none below 0.945',
      met: mean >= 0.955 && Math.min(...tested) >= 0.945,
    },
    {
      name: 'the three runs, start to evaluation',
      figure: minutes,
      unit: 'min',
      target: 'at most 8',
      met: minutes <= 8,
    },
  ];
}

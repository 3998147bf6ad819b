import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { checkParams } from '../../main/training/recipes/check-params.ts';
import { findRecipe } from '../../main/training/recipes/declarations.ts';
import { loadRecipe } from '../../main/training/recipes/load-recipe.ts';
import type { TableRecipe } from '../../main/training/recipes/recipe.ts';
import type { ParamValue } from '../../shared/model/run.ts';
import { auc } from '../../shared/statistics/auc.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { fitInput } from '../training/fit-input.ts';
import type { Row, Scale } from './bench.ts';

export const title = 'Trees on 200,000 rows × 50 columns against scikit-learn, two cores';

const COLUMNS = 50;
const TESTED = 50_000;
type Fit = { seconds: number; auc: number };

/** Both sides take turns, each twice for boosting, and the faster time of each counts. WARDBOOK_PYTHON names a Python with scikit-learn. */
export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const rows = scale === 'full' ? 200_000 : 20_000;
  const trees = scale === 'full' ? 100 : 20;
  const { x, y } = makeTable(rows + TESTED);
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-bench-'));
  const python = process.env['WARDBOOK_PYTHON'];
  writeFileSync(join(folder, 'x.bin'), new Uint8Array(x.buffer));
  writeFileSync(join(folder, 'y.bin'), new Uint8Array(y.buffer));
  const theirs = python ? startPython(python, folder, rows, trees) : null;
  try {
    const boosting = { trees: 100, learning_rate: 0.1, l2: 0, patience: 0 };
    return [
      ...(await compare('gradient-boosting', boosting, 2, 4)),
      ...(await compare('random-forest', { trees }, 1, 5)),
    ];
  } finally {
    theirs?.end();
    rmSync(folder, { recursive: true, force: true });
  }

  async function compare(id: string, params: Record<string, ParamValue>, times: number, most: number): Promise<Row[]> {
    const ours: Fit[] = [];
    const reference: Fit[] = [];
    for (let i = 0; i < times; i++) {
      ours.push(await fitOurs(id, params, x, y, rows));
      if (theirs) reference.push(await theirs.fit(id));
    }
    const own = fastest(ours);
    if (!theirs) {
      const target = 'not compared: WARDBOOK_PYTHON names no Python with scikit-learn';
      return [{ name: `${id}: one fit, AUC ${own.auc.toFixed(4)}`, figure: own.seconds, unit: 's', target, met: true }];
    }
    const other = fastest(reference);
    const ratio = own.seconds / other.seconds;
    const apart = Math.abs(own.auc - other.auc);
    return [
      {
        name: `${id}: one fit of ${rows.toLocaleString('en')} × ${COLUMNS}`,
        figure: own.seconds,
        unit: 's',
        baseline: { name: 'scikit-learn', figure: other.seconds },
        ratio,
        target: `at most ${most} times`,
        met: ratio <= most,
      },
      {
        name: `${id}: AUC ${own.auc.toFixed(4)}, scikit-learn ${other.auc.toFixed(4)}: difference`,
        figure: apart,
        unit: '',
        target: 'at most 0.005',
        met: apart <= 0.005,
      },
    ];
  }
}

const fastest = (fits: Fit[]): Fit => fits.reduce((best, fit) => (fit.seconds < best.seconds ? fit : best));

async function fitOurs(
  id: string,
  given: Record<string, ParamValue>,
  x: Float64Array,
  y: Float64Array,
  rows: number,
): Promise<Fit> {
  const recipe = (await loadRecipe(id)) as TableRecipe;
  const columns = Array.from({ length: COLUMNS }, (_, j) => ({ name: `c${j}`, mean: 0, scale: 1 }));
  const input = fitInput({
    train: { kind: 'table', x: x.subarray(0, rows * COLUMNS), y: y.slice(0, rows), rows, columns: COLUMNS },
    validation: null,
    classes: ['0', '1'],
    columns,
    params: checkParams(findRecipe(id), given),
    cores: 2,
  });
  const begun = performance.now();
  const model = await recipe.fit(input);
  const seconds = (performance.now() - begun) / 1000;
  const tested = { kind: 'table' as const, x: x.subarray(rows * COLUMNS), rows: TESTED, columns: COLUMNS };
  return { seconds, auc: auc(y.slice(rows), await model.predict(tested))! };
}

/** A classification with linear effects, interactions, waves and 35 columns of noise. */
function makeTable(rows: number): { x: Float64Array; y: Float64Array } {
  const random = createRandom(7);
  const x = new Float64Array(rows * COLUMNS);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const own = x.subarray(i * COLUMNS, (i + 1) * COLUMNS);
    for (let j = 0; j < COLUMNS; j++) own[j] = random.normal();
    let score = -0.3;
    for (let j = 0; j < 10; j++) score += (j % 2 === 1 ? -0.4 : 0.4) * own[j]!;
    score += 0.7 * own[0]! * own[1]! + 0.5 * Math.sin(3 * own[10]!);
    score += (own[11]! > 0.5 ? 0.6 : -0.6) * own[12]! + 0.3 * own[13]! ** 2;
    y[i] = random.uniform() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  }
  return { x, y };
}

function startPython(python: string, folder: string, rows: number, trees: number) {
  const script = join(import.meta.dirname, 'children', 'trees.py');
  const child = spawn(python, [script, folder, String(rows), String(COLUMNS), String(trees)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ready = lines.next();
  return {
    async fit(id: string): Promise<Fit> {
      await ready;
      child.stdin.write(`${id}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('The Python side ended before it answered.');
      return JSON.parse(value) as Fit;
    },
    end: () => child.kill(),
  };
}

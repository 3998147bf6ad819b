import { cpSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importRuns } from '../../main/importers/import-runs.ts';
import { readStepRecords } from '../../main/store/imports/step-records.ts';
import { readWholeSeries } from '../../main/store/metrics/read.ts';
import type { Vault } from '../../main/store/vault.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';

const source = join(import.meta.dirname, 'fixtures', 'tensorboard');
type Expected = Record<
  string,
  {
    scalars: Record<string, [step: number, bits: string, time: number][]>;
    histograms: Record<string, [step: number, rows: [number, number, number][]][]>;
    texts: Record<string, [step: number, texts: string[]][]>;
    pr: Record<string, [step: number, precision: number[], recall: number[]][]>;
    images: Record<string, [step: number, bytes: number][]>;
  }
>;
/** What TensorBoard 2.21.0 finds in the same folder (fixtures/make-tensorboard.py). */
const expected = JSON.parse(readFileSync(join(source, 'expected.json'), 'utf8')) as Expected;

let folder: string;
let vault: Vault;
beforeEach(() => {
  folder = temporaryFolder();
  vault = openTestVault(join(folder, 'vault'));
});
afterEach(() => {
  vault.close();
  rmSync(folder, { recursive: true, force: true });
});

const request = (path = source) => ({ format: 'tensorboard' as const, path, study: null });

function bitsOf(value: number): string {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return view.getUint32(0).toString(16).padStart(8, '0');
}

/** TensorBoard lists points as written; a series here is in the order of its steps. */
const byStep = <T extends [number, ...unknown[]]>(list: T[]): T[] => [...list].sort((a, b) => a[0] - b[0]);

function runIds(): Map<string, string> {
  const rows = vault.db.prepare('SELECT name, uid FROM run').all() as { name: string; uid: string }[];
  return new Map(rows.map(({ name, uid }) => [name, uid]));
}

test('scalars are bit-equal to what TensorBoard reads, in every run, with restarts, tensors, NaN and infinities', async () => {
  const summary = await importRuns(vault, request());
  expect(summary.skipped).toEqual([]);
  const ids = runIds();
  let points = 0;
  for (const [name, run] of Object.entries(expected)) {
    for (const [tag, list] of Object.entries(run.scalars)) {
      const { steps, values, times } = readWholeSeries(vault.db, ids.get(name)!, tag);
      const found = Array.from(steps, (step, i) => [step, bitsOf(values[i]!), times[i]!]);
      expect(found, `${name} ${tag}`).toEqual(byStep(list));
      for (const value of values) if (Number.isFinite(value)) expect(Math.fround(value)).toBe(value);
      points += list.length;
    }
  }
  expect(summary).toMatchObject({ studies: 1, runs: 4, added: 4, points });
  expect(points).toBeGreaterThan(40);
});

test('histograms, texts, PR curves and images are those of TensorBoard, step by step', async () => {
  await importRuns(vault, request());
  const ids = runIds();
  const read = (run: string, kind: 'histogram' | 'text' | 'pr-curve' | 'image', key: string) =>
    readStepRecords(vault.db, ids.get(run)!, kind, key, 0, 100);
  let seen = 0;
  for (const [run, found] of Object.entries(expected)) {
    for (const [tag, list] of Object.entries(found.histograms)) {
      seen++;
      const records = read(run, 'histogram', tag);
      expect(records.map(({ step }) => step)).toEqual(list.map(([step]) => step));
      records.forEach(({ data }, i) => {
        const { edges, counts } = data as { edges: number[]; counts: number[] };
        // TensorBoard keeps them as float32.
        const rows = counts.map((count, k) => [edges[k]!, edges[k + 1]!, count].map(Math.fround));
        expect(rows).toEqual(list[i]![1].map((row) => row.map(Math.fround)));
      });
    }
    for (const [tag, list] of Object.entries(found.texts)) {
      seen++;
      const records = read(run, 'text', tag).map(({ step, data }) => [step, (data as { texts: string[] }).texts]);
      expect(records).toEqual(list);
    }
    for (const [tag, list] of Object.entries(found.pr)) {
      seen++;
      const records = read(run, 'pr-curve', tag).map(({ step, data }) => {
        const { precision, recall } = data as { precision: number[]; recall: number[] };
        return [step, precision, recall];
      });
      expect(records).toEqual(list);
    }
    for (const [tag, list] of Object.entries(found.images)) {
      seen++;
      const records = read(run, 'image', tag);
      const sizes = records.map(({ step, data }) => {
        const [path] = (data as { paths: string[] }).paths;
        return [step, statSync(join(vault.dir, 'runs', ids.get(run)!, 'artifacts', path!)).size];
      });
      expect(sizes).toEqual(list);
    }
  }
  expect(seen).toBe(4);
});

test('hyperparameters become params, and a session that ended says how', async () => {
  await importRuns(vault, request());
  const run = vault.db.prepare("SELECT id, status FROM run WHERE name = 'hparams/one'").get() as {
    id: number;
    status: string;
  };
  const params = vault.db.prepare('SELECT key, value, type FROM param WHERE run_id = ? ORDER BY key').all(run.id);
  expect(params).toEqual([
    // torch writes a truth value as a number.
    { key: 'bn', value: '1', type: 'number' },
    { key: 'lr', value: '0.1', type: 'number' },
    { key: 'optimizer', value: 'adam', type: 'string' },
  ]);
  expect(run.status).toBe('finished');
});

test('a second import adds nothing, also from a folder that was moved; a file that grew adds only its new points', async () => {
  const copy = join(folder, 'copy');
  cpSync(source, copy, { recursive: true });
  const file = join(copy, 'restarted', readdirSync(join(copy, 'restarted')).at(-1)!);
  const whole = readFileSync(file);
  truncateSync(file, whole.length - 100);
  const first = await importRuns(vault, request(copy));
  expect(await importRuns(vault, request(copy))).toMatchObject({
    added: 0,
    updated: 0,
    unchanged: 4,
    points: 0,
    runs: 0,
  });

  writeFileSync(file, whole);
  const second = await importRuns(vault, request(copy));
  expect(second).toMatchObject({ added: 0, updated: 1, unchanged: 3, runs: 1 });
  expect(second.points).toBeGreaterThan(0);
  const points = Object.values(expected).flatMap((run) => Object.values(run.scalars).map((list) => list.length));
  expect(first.points + second.points).toBe(points.reduce((sum, count) => sum + count));

  expect(await importRuns(vault, request())).toMatchObject({ added: 0, updated: 0, unchanged: 4, points: 0 });
  expect(vault.db.prepare('SELECT count(*) AS n FROM run').get()).toEqual({ n: 4 });
});

test('a wrong checksum ends a file there, is listed, and leaves what was before it', async () => {
  const copy = join(folder, 'copy');
  cpSync(source, copy, { recursive: true });
  const file = join(copy, 'torch', readdirSync(join(copy, 'torch'))[0]!);
  const bytes = readFileSync(file);
  bytes[bytes.length - 20]! ^= 1;
  writeFileSync(file, bytes);
  const { skipped, points } = await importRuns(vault, request(copy));
  expect(skipped).toEqual([
    {
      path: expect.stringContaining('torch/events.out.tfevents'),
      reason: expect.stringContaining('checksum is wrong'),
    },
  ]);
  expect(points).toBeGreaterThan(30);
});

test('the source folder is only read', async () => {
  const state = (): unknown[] =>
    readdirSync(source, { recursive: true, withFileTypes: true }).map((entry) => {
      const { size, mtimeMs, mode } = statSync(join(entry.parentPath, entry.name));
      return [entry.parentPath, entry.name, size, mtimeMs, mode];
    });
  const before = state();
  await importRuns(vault, request());
  expect(state()).toEqual(before);
});

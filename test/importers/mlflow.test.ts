import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importRuns } from '../../main/importers/import-runs.ts';
import { readArtifact } from '../../main/store/artifact-files.ts';
import { readWholeSeries } from '../../main/store/metrics/read.ts';
import { showRun } from '../../main/store/run-detail.ts';
import type { Vault } from '../../main/store/vault.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import { type ExpectedRun, expectedRuns, unpack, versions } from './mlflow-source.ts';

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

const formats = { mlruns: 'mlruns', 'mlflow.db': 'mlflow-db' } as const;
type Kind = keyof typeof formats;
const take = (kind: Kind, path: string, signal?: AbortSignal) =>
  importRuns(vault, { format: formats[kind], path, study: null, ...(signal === undefined ? {} : { signal }) });

const statuses: Record<string, string> = {
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'stopped',
  RUNNING: 'crashed',
};
const numbers: Record<string, number> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
};
/** Its SQL client gives the largest double for an infinity. */
const limits: Record<string, number> = {
  '1.7976931348623157e+308': Number.POSITIVE_INFINITY,
  '-1.7976931348623157e+308': Number.NEGATIVE_INFINITY,
};
const numberOf = (text: string): number => numbers[text] ?? limits[text] ?? Number(text);
const order = (a: number[], b: number[]): number => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!;

function seriesOf(run: string, key: string): number[][] {
  const { steps, values, times } = readWholeSeries(vault.db, run, key);
  return Array.from(steps, (step, at) => [step, times[at]!, values[at]!]).sort(order);
}

function compare(id: string, expected: ExpectedRun): void {
  const run = showRun(vault, id);
  expect(run).toMatchObject({
    study: 'sepsis/early warning',
    status: statuses[expected.status],
    startedAt: expected.start,
  });
  expect(run.endedAt).toBe(expected.end);
  expect(run.binnedAt !== null).toBe(expected.lifecycle === 'deleted');
  expect(run.params).toEqual(expected.params);
  expect(run.tags).toEqual(expected.tags);
  if (expected.name !== null) expect(run.name).toBe(expected.name);
  expect(run.seriesKeys).toEqual(Object.keys(expected.metrics).sort());
  for (const [key, points] of Object.entries(expected.metrics))
    expect(seriesOf(id, key), key).toEqual(
      points.map(([value, time, step]) => [step, time, numberOf(value)]).sort(order),
    );
}

const cases = versions.flatMap((version) => [
  { version, kind: 'mlruns' as Kind },
  { version, kind: 'mlflow.db' as Kind },
]);

/** Names, sizes, times and content of everything below a folder. */
function fingerprint(place: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(place, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const { size, mtimeMs, mode } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs} ${mode}`);
    if (entry.isFile()) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

describe.each(cases)('$kind of MLflow $version', ({ version, kind }) => {
  let source: string;
  beforeEach(() => {
    mkdirSync(join(folder, 'there'));
    source = unpack(version, kind, join(folder, 'there'));
  });

  test('gives every run as its own client reads it, deleted ones in the bin, and nothing there is touched', async () => {
    const before = fingerprint(join(folder, 'there'));
    const done = await take(kind, source);
    expect(fingerprint(join(folder, 'there'))).toBe(before);
    const expected = expectedRuns(version, kind);
    expect(Object.keys(expected)).toHaveLength(5);
    for (const [id, run] of Object.entries(expected)) compare(id, run);
    expect(done).toMatchObject({ added: 6, updated: 0, unchanged: 0, studies: 2 });
    const all = Object.entries(expected);
    const child = all.find(([, { name }]) => name === 'child')![0];
    const parent = all.find(([, { name }]) => name === 'parent')![0];
    expect(showRun(vault, child).parent).toBe(parent);
    expect(showRun(vault, parent).note).toBe('a *note*');
  });

  test('has its artifacts though they lay on another machine', async () => {
    await take(kind, source);
    const id = Object.entries(expectedRuns(version, kind)).find(([, { name }]) => name === 'parent')![0];
    const run = showRun(vault, id);
    expect(run.artifacts.map(({ path }) => path)).toEqual(['notes/hello.txt', 'table.json']);
    expect(Buffer.from(readArtifact(vault, id, 'notes/hello.txt', 0, 100).bytes).toString()).toBe('hello\n');
  });

  test('imported again adds nothing', async () => {
    const first = await take(kind, source);
    const again = await take(kind, source);
    expect(again).toMatchObject({ runs: 0, points: 0, added: 0, updated: 0, unchanged: first.added });
  });

  test('that is cancelled leaves whole runs only, and the rest comes the next time', async () => {
    const stop = new AbortController();
    const cut = importRuns(vault, {
      format: formats[kind],
      path: source,
      study: null,
      signal: stop.signal,
      onProgress: ({ runsDone }) => runsDone === 2 && stop.abort(),
    });
    await expect(cut).rejects.toMatchObject({ code: 'IMPORT_CANCELLED' });
    expect(vault.db.prepare('SELECT count(*) FROM run').pluck().get()).toBe(2);
    await take(kind, source);
    for (const [id, run] of Object.entries(expectedRuns(version, kind))) compare(id, run);
  });
});

describe('a folder mlruns', () => {
  const run = (name: string) =>
    Object.entries(expectedRuns('3.0.1', 'mlruns')).find(([, one]) => one.name === name)![0];
  const place = (root: string, id: string) =>
    join(root, readdirSync(root).find((name) => existsSync(join(root, name, id)))!, id);
  let root: string;
  beforeEach(() => {
    root = unpack('3.0.1', 'mlruns', folder);
  });

  test('is found by the folder around it, and an experiment or a run alone can be imported', async () => {
    const parent = place(root, run('parent'));
    expect((await take('mlruns', parent)).added).toBe(1);
    expect((await take('mlruns', join(parent, '..'))).added).toBe(4);
    expect((await take('mlruns', folder)).added).toBe(1);
  });

  test('of a job that still writes is taken over as far as it is, without the line that is being written', async () => {
    const id = run('still running');
    const file = join(place(root, id), 'metrics', 'auc');
    appendFileSync(file, '1700000000009 0.625 1\n17000000000');
    await take('mlruns', root);
    expect(seriesOf(id, 'auc').map(([, , value]) => value)).toEqual([0.5, 0.625]);
    appendFileSync(file, '10 0.75 2\n');
    expect(await take('mlruns', root)).toMatchObject({ updated: 1, points: 1 });
    expect(seriesOf(id, 'auc')).toEqual([
      [0, 1_700_000_000_005, 0.5],
      [1, 1_700_000_000_009, 0.625],
      [2, 1_700_000_000_010, 0.75],
    ]);
  });

  test('lists a run whose meta.yaml is missing, empty, half written or something else, and imports the others', async () => {
    const [a, b, c, d] = ['parent', 'child', 'still running', 'deleted run'].map((name) => place(root, run(name)));
    rmSync(join(a!, 'meta.yaml'));
    writeFileSync(join(b!, 'meta.yaml'), '');
    writeFileSync(join(c!, 'meta.yaml'), 'artifact_uri: "file:///x');
    writeFileSync(join(d!, 'meta.yaml'), '- a\n- b\n');
    const { skipped, added } = await take('mlruns', root);
    const reasons = Object.fromEntries(skipped.map(({ path, reason }) => [path.split('/').at(-1), reason]));
    expect(reasons).toMatchObject({
      [run('parent')]: 'it has no meta.yaml',
      [run('child')]: 'its meta.yaml is empty',
      [run('still running')]: 'its meta.yaml is damaged or half written',
      [run('deleted run')]: 'its meta.yaml is not a list of keys and values',
    });
    expect(added).toBe(2);
  });

  test('gives what very old, foreign and broken metric files hold, and lists the lines that are no points', async () => {
    const id = run('still running');
    const metrics = join(place(root, id), 'metrics');
    writeFileSync(join(metrics, 'old'), '1000 0.5\n2000 0.25\n');
    writeFileSync(join(metrics, 'windows'), '1000 0.5 1\r\n2000 1E-05 2\r\n');
    writeFileSync(join(metrics, 'broken'), '1000 abc 1\n\n2000 inf 2\n9223372036854775808 1 1\n3000 1 0x1\n');
    const { skipped } = await take('mlruns', root);
    expect(seriesOf(id, 'old')).toEqual([
      [0, 1_000, 0.5],
      [0, 2_000, 0.25],
    ]);
    expect(seriesOf(id, 'windows')).toEqual([
      [1, 1_000, 0.5],
      [2, 2_000, 1e-5],
    ]);
    expect(seriesOf(id, 'broken')).toEqual([[2, 2_000, Number.POSITIVE_INFINITY]]);
    expect(skipped).toContainEqual({ path: `${id}/metrics/broken`, reason: '3 lines are no points' });
  });

  test('does not let an address or a link in it choose other files of this machine', async () => {
    const id = run('parent');
    const own = place(root, id);
    rmSync(join(own, 'artifacts'), { recursive: true });
    const secret = join(folder, 'secret', 'artifacts');
    mkdirSync(secret, { recursive: true });
    writeFileSync(join(secret, 'key'), 'secret');
    const meta = readFileSync(join(own, 'meta.yaml'), 'utf8');
    writeFileSync(join(own, 'meta.yaml'), meta.replace(/artifact_uri: .*/, `artifact_uri: file://${secret}`));
    await take('mlruns', root);
    expect(showRun(vault, id).artifacts).toEqual([]);
    mkdirSync(join(own, 'artifacts'));
    symlinkSync(join(secret, 'key'), join(own, 'artifacts', 'link'));
    const { skipped } = await take('mlruns', root);
    expect(showRun(vault, id).artifacts).toEqual([]);
    expect(skipped).toContainEqual({ path: 'link', reason: 'it is a link or no ordinary file' });
  });

  test('that is none is said so', async () => {
    mkdirSync(join(folder, 'empty'));
    await expect(take('mlruns', join(folder, 'empty'))).rejects.toMatchObject({ code: 'SOURCE_NOT_FOUND' });
    await expect(take('mlruns', join(folder, 'gone'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });
});

describe('a database of MLflow', () => {
  test('that a server has open, with its newest rows in the log, is read whole and none of its files is touched', async () => {
    const source = unpack('3.0.1', 'mlflow.db', folder);
    const live = new Database(source);
    live.pragma('journal_mode = WAL');
    live.pragma('wal_autocheckpoint = 0');
    const [id] = live.prepare("SELECT run_uuid FROM runs WHERE name = 'still running'").pluck().all() as string[];
    live
      .prepare('INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, 0)')
      .run('auc', 0.875, 1_700_000_000_099, id, 9);
    live.exec('BEGIN IMMEDIATE');
    const files = ['', '-wal', '-shm'].map((ending) => `${source}${ending}`);
    const looks = () =>
      files.map((file) => createHash('sha256').update(readFileSync(file)).digest('hex') + statSync(file).mtimeMs);
    const before = looks();
    await take('mlflow.db', source);
    expect(looks()).toEqual(before);
    expect(seriesOf(id!, 'auc').at(-1)).toEqual([9, 1_700_000_000_099, 0.875]);
    live.exec('ROLLBACK');
    live.close();
  });

  test('that is none, or is damaged, is said so and nothing is imported', async () => {
    const other = join(folder, 'other.db');
    const db = new Database(other);
    db.exec('CREATE TABLE runs (a)');
    db.close();
    await expect(take('mlflow.db', other)).rejects.toMatchObject({ code: 'SOURCE_NOT_FOUND' });
    writeFileSync(
      join(folder, 'text.db'),
      'this is no database, but a text that is long enough to look like one'.repeat(50),
    );
    await expect(take('mlflow.db', join(folder, 'text.db'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    const cut = unpack('2.4.2', 'mlflow.db', folder);
    writeFileSync(cut, readFileSync(cut).subarray(0, 40_000));
    await expect(take('mlflow.db', cut)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    expect(vault.db.prepare('SELECT count(*) FROM run').pluck().get()).toBe(0);
  });
});

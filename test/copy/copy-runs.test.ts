import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyAudited, runsOfStudy } from '../../main/copy/audited.ts';
import { newWatch, readProgress, stopCopy } from '../../main/copy/watch.ts';
import type { CopyDone } from '../../main/copy/wish.ts';
import { listAudit, verifyAudit } from '../../main/store/audit.ts';
import { readWholeSeries } from '../../main/store/metrics/read.ts';
import type { Vault } from '../../main/store/vault.ts';
import { inProcessClient } from '../../main/workers/in-process.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import { fillVault } from './copied-vault.ts';

describe('a local copy', () => {
  const dir = temporaryFolder();
  let vault: Vault;
  let ids: [string, string];
  const client = () => inProcessClient(vault);
  const copy = (wish: Partial<Parameters<typeof copyAudited>[1]>): Promise<CopyDone> =>
    copyAudited(client(), { ids, outDir: join(dir, 'out'), format: 'csv', artifact: null, ...wish });
  const read = (done: CopyDone, path: string) => readFileSync(join(done.folder, path), 'utf8');

  beforeAll(async () => {
    vault = openTestVault(join(dir, 'vault'));
    ids = await fillVault(vault);
  });
  afterAll(() => {
    vault.close();
    rmSync(dir, { recursive: true });
  });

  test('is a new folder with the mark in its name and content, for this user only', async () => {
    const done = await copy({});
    expect(done.folder).toMatch(/INTERNAL-wardbook-\d{8}-\d{6}/);
    expect(read(done, 'README.md')).toMatch(/^# INTERNAL: contains unchecked values/);
    expect(JSON.parse(read(done, 'copy.json')).notice).toMatch(/^INTERNAL/);
    expect(JSON.parse(read(done, `runs/${ids[0]}/run.json`)).internal).toMatch(/^INTERNAL/);
    expect(statSync(done.folder).mode & 0o777).toBe(0o700);
    for (const file of done.files) expect(statSync(join(done.folder, file)).mode & 0o777, file).toBe(0o600);
    expect(readdirSync(join(dir, 'out')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('says how far it is, and leaves nothing in the folder when it is cancelled', async () => {
    const watch = newWatch();
    const done = await copy({ watch });
    const { runsDone, runs, bytesDone } = readProgress(watch);
    const sizes = done.files
      .filter((file) => file !== 'README.md' && file !== 'copy.json')
      .map((file) => statSync(join(done.folder, file)).size);
    expect([runsDone, runs, bytesDone]).toEqual([2, 2, sizes.reduce((sum, size) => sum + size, 0)]);

    const outDir = join(dir, 'cancelled');
    const stopped = newWatch();
    stopCopy(stopped);
    await expect(copy({ outDir, watch: stopped })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(readdirSync(outDir)).toEqual([]);
    expect(readProgress(stopped)).toMatchObject({ runsDone: 0, runs: 2 });
  });

  test('lists every file it holds with its bytes and SHA-256', async () => {
    const done = await copy({});
    const { files } = JSON.parse(read(done, 'copy.json')) as {
      files: { path: string; bytes: number; sha256: string }[];
    };
    const there = readdirSync(done.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(done.folder.length + 1))
      .sort();
    expect([...files.map(({ path }) => path), 'README.md', 'copy.json'].sort()).toEqual(there);
    for (const { path, bytes, sha256 } of files) {
      const content = readFileSync(join(done.folder, path));
      expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256]);
    }
  });

  test('has every point exactly, in CSV and in Parquet', async () => {
    const csv = papa.parse<string[]>(read(await copy({}), `runs/${ids[0]}/metrics.csv`).trim()).data;
    expect(csv[0]).toEqual(['key', 'step', 'time', 'value']);
    const done = await copy({ format: 'parquet' });
    const file = readFileSync(join(done.folder, `runs/${ids[0]}/metrics.parquet`));
    const rows = await parquetReadObjects({ file: file.buffer.slice(file.byteOffset, file.byteOffset + file.length) });
    for (const key of ['train/loss', 'long']) {
      const { steps, values, times } = readWholeSeries(vault.db, ids[0], key);
      const stored = Array.from(steps, (step, at) => [step, times[at]!, values[at]!]);
      const own = csv.slice(1).filter((row) => row[0] === key);
      expect(own.map((row) => row.slice(1).map(Number))).toEqual(stored);
      const packed = rows.filter((row) => row['key'] === key);
      expect(packed.map((row) => [Number(row['step']), Number(row['time']), row['value']])).toEqual(stored);
    }
  });

  test('has the predictions, the log, the artifacts and all that was recorded', async () => {
    const done = await copy({ ids: [ids[0]] });
    const of = (name: string) => read(done, `runs/${ids[0]}/${name}`);
    expect(of('predictions.csv')).toBe('part,row,subject,fold,truth,score\ntest,5,,,alive,0.2\ntest,8,,,died,0.9\n');
    expect([of('log.txt'), of('artifacts/model/a b.txt'), of('artifacts/empty')]).toEqual(['epoch 1\n', 'text', '']);
    const run = JSON.parse(of('run.json'));
    expect(run).toMatchObject({ name: 'parent', note: 'a *note*', params: { lr: 0.1, text: '=1+1', deep: 'a\nb' } });
    expect(run.estimates['test/auc']).toMatchObject({ low: 0.7, high: 0.9, method: 'DeLong' });
    expect(run.documents.evaluation.classes).toEqual(['alive', 'died']);
  });

  test('has what scripts log beside series: steps beyond 2^53, histograms, texts, models with their files', async () => {
    const done = await copy({ ids: [ids[0]] });
    const of = (name: string) => read(done, `runs/${ids[0]}/${name}`);
    expect(of('metrics.csv')).toContain('huge,1152921504606846977,7,0.25\n');
    const lines = of('steps.jsonl').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { kind: 'histogram', key: 'w', step: 1, time: 5, data: { edges: [0, 1, 2], counts: [3, 4] } },
      { kind: 'text', key: 'words', step: 2, time: 6, data: { shape: [], texts: ['ä\nb'] } },
    ]);
    const [model] = JSON.parse(of('run.json')).loggedModels as { id: string }[];
    expect(JSON.parse(of(`models/${model!.id}/model.json`))).toMatchObject({
      name: 'risk',
      status: 'ready',
      metrics: [{ key: 'auc', value: 0.75, step: 1 }],
      params: [{ key: 'c', value: '1' }],
    });
    expect(of(`models/${model!.id}/artifacts/data/model.pkl`)).toBe('model bytes');
    const packed = await copy({ ids: [ids[0]], format: 'parquet' });
    const file = readFileSync(join(packed.folder, `runs/${ids[0]}/metrics.parquet`));
    const rows = await parquetReadObjects({ file: file.buffer.slice(file.byteOffset, file.byteOffset + file.length) });
    expect(rows.filter((row) => row['key'] === 'huge')).toEqual([
      { key: 'huge', step: 2n ** 60n + 1n, time: 7n, value: 0.25 },
    ]);
  });

  test('of a study takes its runs, of an artifact that file alone, marked', async () => {
    expect((await runsOfStudy(client(), 'sepsis')).sort()).toEqual([...ids].sort());
    const done = await copy({ ids: [ids[0]], artifact: 'model/weights.bin' });
    expect(done.files).toEqual(['README.md', 'copy.json', 'INTERNAL-weights.bin']);
    expect(read(done, 'INTERNAL-weights.bin')).toBe('weights');
  });

  test('is in the audit log with its counts before anything is written', async () => {
    await copy({});
    const [entry] = listAudit(vault, 1, null).entries;
    expect(entry).toMatchObject({
      action: 'copy.runs',
      detail: { runs: 2, artifacts: 4, bytes: 22, points: 2_506, predictions: 2, to: 'folder' },
    });
    expect(verifyAudit(vault).valid).toBe(true);
    const unwritable = join(dir, 'vault', 'wardbook.db', 'below-a-file');
    await expect(copy({ outDir: unwritable })).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
  });

  test('is refused in a folder that is kept in step with a server, unless the policy allows it, and where it is switched off', async () => {
    const synced = join(dir, 'Nextcloud');
    mkdirSync(synced);
    const entries = () => listAudit(vault, 1, null).total;
    const before = entries();
    await expect(copy({ outDir: synced })).rejects.toMatchObject({ code: 'OUTPUT_REFUSED' });
    expect([readdirSync(synced), entries()]).toEqual([[], before]);
    await client().call('settings.set', { localCopies: 'anywhere' });
    expect((await copy({ outDir: synced })).files.length).toBeGreaterThan(5);
    await client().call('settings.set', { localCopies: 'off' });
    await expect(copy({})).rejects.toMatchObject({ code: 'COPY_NOT_ALLOWED' });
    await client().call('settings.set', { localCopies: 'this-machine' });
  });
});

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replayAudited } from '../../main/copy/audited.ts';
import { listAudit } from '../../main/store/audit.ts';
import type { Vault } from '../../main/store/vault.ts';
import { inProcessClient } from '../../main/workers/in-process.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import { fillVault } from './copied-vault.ts';
import { hasMlflowServer, type MlflowServer, startMlflowServer } from './mlflow-server.ts';

type Json = Record<string, unknown>;
type There = {
  info: Json;
  inputs: { dataset_inputs: Json[] };
  data: { params?: Json[]; tags?: Json[]; metrics?: Json[] };
};

test('runs are refused where copying to a server is switched off, and for a server elsewhere', async () => {
  const dir = temporaryFolder();
  const vault = openTestVault(join(dir, 'vault'));
  try {
    const ids = await fillVault(vault);
    const client = inProcessClient(vault);
    const to = (url: string) => replayAudited(client, { ids, url, token: null });
    await expect(to('http://10.0.0.1:5000')).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    await client.call('settings.set', { replay: 'off' });
    await expect(to('http://127.0.0.1:9')).rejects.toMatchObject({ code: 'COPY_NOT_ALLOWED' });
  } finally {
    vault.close();
    rmSync(dir, { recursive: true });
  }
});

if (hasMlflowServer()) withServer();

function withServer(): void {
  describe('runs copied to a real MLflow server', () => {
    const dir = temporaryFolder();
    let vault: Vault;
    let ids: [string, string];
    let server: MlflowServer;

    beforeAll(async () => {
      server = await startMlflowServer(dir);
      vault = openTestVault(join(dir, 'vault'));
      ids = await fillVault(vault);
    }, 120_000);
    afterAll(async () => {
      vault.close();
      await server.stop();
      rmSync(dir, { recursive: true });
    });

    const replay = () => replayAudited(inProcessClient(vault), { ids: [ids[1], ids[0]], url: server.url, token: null });
    const runsThere = async (): Promise<There[]> => {
      const { experiment } = await server.get<{ experiment: Json }>('experiments/get-by-name?experiment_name=sepsis');
      const body = { experiment_ids: [experiment['experiment_id']], run_view_type: 'ALL' };
      return (await server.post<{ runs: There[] }>('runs/search', body)).runs;
    };
    const recordsLeftOut = () => `${ids[0]}: 2 records by step: MLflow has no place for them`;
    const modelsThere = async (): Promise<{ info: Json; data: { params?: Json[]; metrics?: Json[] } }[]> => {
      const { experiment } = await server.get<{ experiment: Json }>('experiments/get-by-name?experiment_name=sepsis');
      const body = { experiment_ids: [experiment['experiment_id']] };
      return (await server.post<{ models: never[] }>('logged-models/search', body)).models;
    };
    const named = async (name: string) => (await runsThere()).find(({ info }) => info['run_name'] === name)!;
    const pairs = (list: Json[] = []) => Object.fromEntries(list.map(({ key, value }) => [key, value]));

    test('are there with their names, times, states, params, tags, note and parents', async () => {
      expect(await replay()).toEqual({ runs: 2, created: 2, points: 2_507, files: 4, skipped: [recordsLeftOut()] });
      const parent = await named('parent');
      const child = await named('child');
      expect([parent.info['status'], child.info['status']]).toEqual(['FINISHED', 'KILLED']);
      expect(pairs(parent.data.params)).toEqual({ lr: '0.1', text: '=1+1', deep: 'a\nb' });
      expect(pairs(parent.data.tags)).toMatchObject({
        site: 'north',
        'mlflow.note.content': 'a *note*',
        'wardbook.run': ids[0],
      });
      expect(pairs(child.data.tags)).toMatchObject({ 'mlflow.parentRunId': parent.info['run_id'] });
    });

    test('have every point, non-finite ones too, and the estimate with its interval', async () => {
      const { info, data } = await named('parent');
      const history = async (key: string) =>
        (
          await server.get<{ metrics: Json[] }>(
            `metrics/get-history?run_id=${info['run_id']}&metric_key=${key}&max_results=25000`,
          )
        ).metrics.map(({ step, timestamp, value }) => [Number(step), Number(timestamp), Number(value)]);
      const sine = Array.from({ length: 2_500 }, (_, step) => [step, 1_700_000_000_000 + step, Math.sin(step)]);
      expect(await history('long')).toEqual(sine);
      // Its SQL store gives the largest double for an infinity.
      const most = Number.MAX_VALUE;
      const at = (step: number, value: number) => [step, 1_700_000_000_001 + step, value];
      expect(await history('train/loss')).toEqual([
        at(-1, 0.1),
        at(0, Number.NaN),
        at(1, most),
        at(2, -most),
        at(3, 1e-300),
      ]);
      expect((await history('test/auc')).map(([step, , value]) => [step, value])).toEqual([[0, 0.812345]]);
      expect(pairs(data.tags)['wardbook.interval.test/auc']).toBe('0.7 0.9 DeLong');
    });

    test('have their files', async () => {
      const { info } = await named('parent');
      const list = async (path: string) => {
        const { files } = await server.get<{ files: Json[] }>(`artifacts/list?run_id=${info['run_id']}&path=${path}`);
        return files.map((file) => [file['path'], Number(file['file_size'] ?? 0)]);
      };
      expect(await list('')).toEqual([
        ['empty', 0],
        ['model', 0],
      ]);
      expect(await list('model')).toEqual([
        ['model/a b.txt', 4],
        ['model/weights.bin', 7],
      ]);
    });

    test('have their inputs, their models with params, metrics and files, and steps beyond 2^53', async () => {
      const parent = await named('parent');
      expect(parent.inputs.dataset_inputs).toMatchObject([
        { tags: [{ key: 'mlflow.data.context', value: 'training' }], dataset: { name: 'cohort', digest: 'abc' } },
      ]);
      const [model] = await modelsThere();
      expect(model!.info).toMatchObject({
        name: 'risk',
        status: 'LOGGED_MODEL_READY',
        source_run_id: parent.info['run_id'],
      });
      expect(pairs(model!.data.params)).toEqual({ c: '1' });
      expect(model!.data.metrics).toMatchObject([{ key: 'auc', value: 0.75 }]);
      const { files } = await server.get<{ files: Json[] }>(
        `logged-models/${model!.info['model_id']}/artifacts/directories?artifact_directory_path=data`,
      );
      expect(files.map((file) => [file['path'], Number(file['file_size'])])).toEqual([['data/model.pkl', 11]]);
      const history = await server.text(`metrics/get-history?run_id=${parent.info['run_id']}&metric_key=huge`);
      expect(history).toContain('1152921504606846977');
    });

    test('are the same after a repeat, which sends no point twice, and both are in the audit log', async () => {
      expect(await replay()).toEqual({ runs: 2, created: 0, points: 0, files: 3, skipped: [recordsLeftOut()] });
      expect(await runsThere()).toHaveLength(2);
      expect(await modelsThere()).toHaveLength(1);
      const entries = listAudit(vault, 10, null).entries.filter(({ action }) => action === 'copy.replay');
      expect(entries.map(({ detail }) => [detail['runs'], detail['to']])).toEqual([
        [2, 'mlflow'],
        [2, 'mlflow'],
      ]);
    });
  });
}

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { showRun } from '../../../main/store/run-detail.ts';
import type { Vault } from '../../../main/store/vault.ts';
import { startTrackingServer, type TrackingServer } from '../../../main/tracking/server.ts';
import { notRun } from '../../not-run.ts';
import { openTestVault, temporaryFolder } from '../../store/vault-fixture.ts';
import { clientPython, type Major } from './python.ts';
import { type ClientResult, runClient } from './run-client.ts';

const minutes = 60_000;

test('every script of a client is run by a test here', () => {
  const tests = readFileSync(import.meta.filename, 'utf8');
  const scripts = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.py'));
  expect(scripts.length).toBeGreaterThan(4);
  expect(scripts.filter((name) => !tests.includes(`run('${name}'`))).toEqual([]);
});

for (const major of [2, 3] as const) {
  const python = clientPython(major);
  if (python === null) {
    notRun(`the MLflow ${major} client`, 'no Python with it: node tools/python-clients.mjs makes one');
  } else withClient(major, python);
}

function withClient(major: Major, python: string): void {
  describe(`the real client of MLflow ${major}`, { timeout: 5 * minutes }, () => {
    const folder = temporaryFolder();
    let vault: Vault;
    let server: TrackingServer;
    const run = (script: string, args?: string[]): Promise<ClientResult> => runClient(python, script, server, args);
    beforeAll(async () => {
      vault = openTestVault(folder);
      server = await startTrackingServer(vault);
    });
    afterAll(async () => {
      await server.close();
      vault.close();
      rmSync(folder, { recursive: true, force: true });
    });

    test('scikit-learn autolog: params, metrics, nested runs of a search, and the model loads back', async () => {
      const found = await run('autolog_sklearn.py');
      expect(found).toMatchObject({
        version: expect.stringMatching(new RegExp(`^${major}\\.`)),
        status: 'FINISHED',
        accuracy: found.expected_accuracy,
        same_predictions: true,
        children: 3,
        datasets: ['dataset'],
      });
      expect(found.params).toMatchObject({ logisticregression__C: '0.5' });
      // What the client logged is what the screen shows.
      const shown = showRun(vault, found.run);
      expect(shown).toMatchObject({ name: 'one fit', study: 'scikit-learn', status: 'finished' });
      const files = [...shown.artifacts, ...shown.loggedModels.flatMap((model) => model.files)];
      const image = files.find(({ path }) => path.endsWith('MLmodel'))!;
      expect(image.bytes).toBeGreaterThan(100);
      expect(shown.inputs.map(({ name, context }) => [name, context])).toEqual([['dataset', 'train']]);
      if (major === 3) {
        const [model] = shown.loggedModels;
        expect(model).toMatchObject({ name: 'model', status: 'ready' });
        expect(readFileSync(join(vault.dir, 'logged-models', model!.id, 'artifacts', 'MLmodel'), 'utf8')).toContain(
          'sklearn',
        );
      }
    });

    test('XGBoost autolog: the metric of every round as it was computed, and the booster loads back', async () => {
      expect(await run('autolog_xgboost.py')).toMatchObject({
        steps: Array.from({ length: 20 }, (_, step) => step),
        same_history: true,
        max_depth: '2',
        same_predictions: true,
      });
    });

    test('nested runs, system metrics, non-finite values, datasets, tables, images, registry with aliases', async () => {
      const found = await run('client_calls.py');
      expect(found).toMatchObject({
        name: 'parent',
        note: 'a note',
        params: { lr: 3, empty: 0, long: 6000 },
        losses: [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5],
        non_finite: ['nan', 'inf', '-inf'],
        step: '9007199254740993',
        system: true,
        child_parent: found.parent,
        found: true,
        datasets: ['cohort'],
        empty: [0],
        text: 'péché',
        table: ['no', 'yes'],
        same_predictions: true,
        versions: [1, 2],
        again: 2,
        alias: 1,
        version_tags: { checked: 'yes' },
        refused: 'INVALID_PARAMETER_VALUE',
        deleted: 'deleted',
      });
      expect(found.artifacts).toEqual(
        expect.arrayContaining(['config.json', 'empty.txt', 'images', 'notes', 'table.json']),
      );
      expect(found.images).toBeGreaterThanOrEqual(1);
    });

    test('artifacts of no byte, one byte and 20 MB arrive and come back', async () => {
      const { files } = await run('artifact_sizes.py', ['0', '1', '20000000']);
      expect(files.map(({ size, same }: { size: number; same: boolean }) => [size, same])).toEqual([
        [0, true],
        [1, true],
        [20_000_000, true],
      ]);
    });

    test('four processes that log at once to common and own runs lose nothing', async () => {
      expect(await run('parallel_writers.py', ['4', '100'])).toMatchObject({ wrong_series: 0, calls: 400 });
    });

    if (hasLightning(python)) {
      test('Lightning: autolog, and its MLFlowLogger with checkpoints', async () => {
        expect(await run('autolog_lightning.py')).toMatchObject({
          auto_epochs: 4,
          same_outputs: true,
          logger_epochs: 4,
          logger_width: '16',
          logger_status: 'FINISHED',
          checkpoints: [expect.stringContaining('epoch=3')],
        });
      });
    } else notRun(`Lightning with MLflow ${major}`, 'its Python has no PyTorch: WARDBOOK_PYTHON names one that has');
  });
}

function hasLightning(python: string): boolean {
  try {
    execFileSync(python, [
      '-c',
      'import importlib.util as u; assert u.find_spec("lightning") and u.find_spec("torch")',
    ]);
    return true;
  } catch {
    return false;
  }
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAxe } from './axe.ts';
import { type DrivenApp, openApp } from './driven-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'wardbook-e2e-command-'));
let app: DrivenApp;
beforeAll(async () => {
  writeFileSync(
    join(folder, 'wardbook.project.yaml'),
    `entries:
  train:
    command: [node, train.mjs, --epochs, '{epochs}', '--note={note}']
    help: Trains the small network
    study: Own scripts
    params:
      epochs: { type: integer, default: 3, min: 1, max: 10 }
      note: { type: string, default: a b }
`,
  );
  writeFileSync(
    join(folder, 'train.mjs'),
    `const { MLFLOW_TRACKING_URI: uri, MLFLOW_TRACKING_TOKEN: token, MLFLOW_RUN_ID: run } = process.env;
console.log('words ' + process.argv.slice(2).join('|'));
await fetch(uri + '/api/2.0/mlflow/runs/log-metric', {
  method: 'POST',
  headers: { authorization: 'Bearer ' + token, 'content-type': 'application/json' },
  body: JSON.stringify({ run_id: run, key: 'loss', value: 0.5, timestamp: 1700000000000, step: 1 }),
});
console.log('waiting');
setInterval(() => {}, 1000);
`,
  );
  app = await openApp();
});
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function look(name: string): Promise<void> {
  const shots = process.env['WARDBOOK_SHOTS'];
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await app.page.screenshot({ path: join(shots, `${name}.png`) });
}

test('an entry of a project is chosen, its exact command shown, run, followed in the log, and stopped', {
  timeout: 120_000,
}, async () => {
  const { page } = app;
  const violations = openAxe(app);
  await app.go('/train');
  await page.getByRole('button', { name: 'Own command' }).click();
  app.willChoose(folder);
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await page.getByLabel('epochs').fill('99');
  expect(await page.getByText('This is at most 10.').count()).toBe(1);
  expect(await page.getByRole('button', { name: 'Run command' }).isDisabled()).toBe(true);
  await page.getByLabel('epochs').fill('5');
  expect(await page.locator('.command-exact').textContent()).toBe("node train.mjs --epochs 5 '--note=a b'");
  expect(await violations()).toEqual([]);
  await look('command-form');
  await page.getByRole('button', { name: 'Run command' }).click();
  await page.getByText('words --epochs|5|--note=a b').waitFor();
  await page.getByText('waiting').waitFor();
  await look('command-log');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped by hand.').first().waitFor();
  const { runs } = await app.call('runs.list', {
    study: 'Own scripts',
    filter: '',
    sort: null,
    limit: 10,
    cursor: null,
    bin: false,
  });
  expect(runs[0]).toMatchObject({ status: 'stopped', params: { epochs: 5, note: 'a b' }, metrics: { loss: 0.5 } });
  await app.go(`/run/${runs[0]!.id}/code`);
  await page.getByText('as committed').or(page.getByText('kept whole')).first().waitFor();
  expect(await violations()).toEqual([]);
  await look('command-code');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look('command-code-dark');
  await app.go('/train');
  await page.getByRole('button', { name: 'Own command' }).click();
  await look('command-form-dark');
  expect(app.problems).toEqual([]);
});

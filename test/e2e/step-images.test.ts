import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importRuns } from '../../main/importers/import-runs.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';

const source = join(import.meta.dirname, '..', 'importers', 'fixtures', 'tensorboard');

describe.runIf(canOpenWindow('images of a run by step'))('Distributions of a run from TensorBoard', () => {
  let app: DrivenApp;
  const dir = temporaryFolder();

  beforeAll(async () => {
    const vault = openTestVault(dir);
    await importRuns(vault, { format: 'tensorboard', path: source, study: null });
    const run = vault.db.prepare("SELECT uid FROM run WHERE name = 'torch'").pluck().get() as string;
    vault.close();
    app = await openApp({ vault: dir });
    await app.go(`/run/${run}/distributions`);
  }, 60_000);
  afterAll(async () => {
    expect(await app.close()).toBe(0);
  });

  test('an image is seen there, the last step first, and the slider shows the others', async () => {
    await app.page.getByRole('button', { name: 'picture' }).click();
    const image = app.page.getByRole('img', { name: 'picture' });
    const drawn = () => image.evaluate((img: HTMLImageElement) => [img.naturalWidth, img.src] as const);
    await image.waitFor();
    await app.settled();
    await app.page.getByText('images/picture/step-2.png').waitFor();
    const [width, last] = await drawn();
    expect(width).toBeGreaterThan(0);
    const slider = app.page.getByRole('slider', { name: 'Step of picture' });
    await slider.focus();
    await app.press('Home');
    await app.page.getByText('images/picture/step-0.png').waitFor();
    await expect.poll(async () => (await drawn())[1]).not.toBe(last);
    expect((await drawn())[0]).toBe(width);
    expect(app.problems).toEqual([]);
  });
});

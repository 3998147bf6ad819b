import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAxe } from './axe.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';
import { misfits } from './layout.ts';
import { textOf } from './text-of.ts';

describe.runIf(canOpenWindow('the tracking server in Settings'))('Settings, tracking server', () => {
  let app: DrivenApp;
  let taken: Server;
  const section = () => app.page.getByRole('region', { name: 'Tracking server' });
  const turn = (word: 'On' | 'Off') => section().getByRole('button', { name: word, exact: true }).click();
  const facts = () => app.call('tracking.facts', {});

  beforeAll(async () => {
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    app = await openApp();
    await app.page.setViewportSize({ width: 1280, height: 800 });
    await app.go('/settings');
    await section().waitFor();
  }, 60_000);
  afterAll(async () => {
    taken.close();
    expect(await app.close()).toBe(0);
  });

  test('it is off until it is switched on, and shows neither address nor token', async () => {
    expect(await section().getByRole('button', { name: 'Off', exact: true }).getAttribute('aria-pressed')).toBe('true');
    expect((await facts()).server).toBeNull();
    expect(await section().getByText('http://').count()).toBe(0);
    expect(await section().getByText('MLFLOW_TRACKING_TOKEN').count()).toBe(0);
  });

  test('a port that another program has is said in place, and another one serves', async () => {
    const { port } = taken.address() as AddressInfo;
    await app.call('settings.set', { trackingPort: port });
    await turn('On');
    const alert = section().getByRole('alert');
    await alert.getByText(String(port)).waitFor();
    expect((await facts()).server).toBeNull();
    await turn('Off');
    await app.call('settings.set', { trackingPort: null });
    await turn('On');
    await section().getByText('http://127.0.0.1:').first().waitFor();
    expect(await alert.count()).toBe(0);
  });

  test('what scripts must set is ready to be copied, for each shell, with the token whole', async () => {
    const { url, token } = (await facts()).server!;
    const lines = section().locator('.for-scripts-lines');
    const pasted = async (button: string) => {
      await section().getByRole('button', { name: button }).click();
      await section().getByText('Copied').waitFor();
      await section().getByRole('textbox', { name: 'Port' }).fill('');
      await app.page.keyboard.press('Control+V');
      const text = await section().getByRole('textbox', { name: 'Port' }).inputValue();
      await section().getByRole('textbox', { name: 'Port' }).fill('');
      await section().getByText('Copied').waitFor({ state: 'detached' });
      // A field of one line keeps no line break.
      return text.replaceAll(' ', '');
    };
    expect(await textOf(lines)).toBe(
      `export MLFLOW_TRACKING_URI=${url}\nexport MLFLOW_TRACKING_TOKEN=${token.slice(0, 6)}…`,
    );
    expect(await pasted('Copy lines for scripts')).toBe(
      `exportMLFLOW_TRACKING_URI=${url}exportMLFLOW_TRACKING_TOKEN=${token}`,
    );
    await section().getByRole('button', { name: 'PowerShell' }).click();
    expect(await pasted('Copy lines for scripts')).toBe(
      `$env:MLFLOW_TRACKING_URI="${url}"$env:MLFLOW_TRACKING_TOKEN="${token}"`,
    );
    expect(await pasted('Copy address')).toBe(url);
    expect(await pasted('Copy token')).toBe(token);
    expect(await app.page.content()).not.toContain(token);
  });

  test('who asks and who was refused is shown; a new token takes the place of the old one at once', async () => {
    const { url, token } = (await facts()).server!;
    const search = (bearer: string | null) =>
      fetch(`${url}/api/2.0/mlflow/experiments/search?max_results=1`, {
        headers: bearer === null ? {} : { authorization: `Bearer ${bearer}`, 'user-agent': 'mlflow-python-client/3' },
      });
    expect((await search(null)).status).toBe(401);
    expect((await search(token)).status).toBe(200);
    await section()
      .getByText(/mlflow-python-client\/3: 1 request, \d\d:\d\d/)
      .waitFor();
    await section()
      .getByText(/ 1, last \d\d:\d\d$/)
      .waitFor();
    expect(await openAxe(app)()).toEqual([]);
    expect(await misfits(app.page)).toEqual([]);
    await section().getByRole('button', { name: 'Make a new one' }).click();
    await expect.poll(async () => (await facts()).server!.token).not.toBe(token);
    expect((await search(token)).status).toBe(401);
    expect((await search((await facts()).server!.token)).status).toBe(200);
  });

  test('off, nothing listens any more; nothing reported an error', async () => {
    const { url } = (await facts()).server!;
    await turn('Off');
    await section().getByText('MLFLOW_TRACKING_URI').first().waitFor({ state: 'detached' });
    await expect(fetch(url)).rejects.toThrow();
    expect(app.problems).toEqual([]);
  });
});

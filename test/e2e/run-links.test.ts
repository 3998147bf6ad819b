import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeRun, openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import { canOpenWindow, findBrowser, root } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';

const host = findBrowser();

describe.runIf(canOpenWindow('the links that clients print') && host?.host === 'chromium')('Run links', () => {
  let app: DrivenApp;
  let run: string;
  let study: number;
  const dir = temporaryFolder();

  beforeAll(async () => {
    const vault = openTestVault(dir);
    run = makeRun(vault, 'finished');
    study = vault.db.prepare("SELECT id FROM study WHERE name = 'Test'").pluck().get() as number;
    vault.close();
    app = await openApp({ vault: dir });
  }, 60_000);
  afterAll(async () => {
    expect(await app.close()).toBe(0);
  });

  /** As the system starts the app for a link; returns the exit status of that second start. */
  async function startWith(link: string): Promise<number | null> {
    const { home } = app;
    const second = spawn(process.execPath, [join(root, 'build/main/main.js'), '--vault', dir, link], {
      stdio: 'ignore',
      env: { ...process.env, WARDBOOK_CHROMIUM: host!.program, WARDBOOK_HEADLESS: '1', XDG_DATA_HOME: home, TMPDIR: home },
    });
    const [code] = (await once(second, 'exit')) as [number | null];
    return code;
  }

  test('a second start with a link opens its run or study in the window that is there', async () => {
    expect(await startWith(`wardbook://run/${run}`)).toBe(0);
    await app.page.waitForURL(new RegExp(`#/run/${run}$`));
    await app.page.getByRole('heading', { level: 1, name: 'run' }).waitFor();
    expect(await startWith(`wardbook://study/${study}`)).toBe(0);
    await app.page.waitForURL(/#\/study\/Test$/);
    expect(await startWith(`wardbook://run/${run}/../../settings`)).toBe(0);
    expect(app.page.url()).toMatch(/#\/study\/Test$/);
  });

  test('the page of the server says which run a printed link means and how to open it, and asks the server for nothing else', async () => {
    const { server } = await app.call('tracking.switch', { on: true });
    const browser = await chromium.launch({
      executablePath: host!.program,
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    try {
      const page = await browser.newPage();
      const asked: string[] = [];
      const refused: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('console', (message) => message.text().includes('Content Security Policy') && !message.text().includes('favicon') && refused.push(message.text()));
      await page.goto(`${server!.url}/#/experiments/${study}/runs/${run}`, { waitUntil: 'commit' });
      await page.getByRole('heading', { name: `Run ${run}` }).waitFor();
      expect(await page.getByRole('link', { name: 'Open in Wardbook' }).getAttribute('href')).toBe(`wardbook://run/${run}`);
      expect(await page.locator('#cli').textContent()).toBe(`wardbook show ${run}`);
      await page.evaluate((hash) => {
        window.location.hash = hash;
      }, `#/experiments/${study}`);
      await page.getByRole('heading', { name: `Study number ${study}` }).waitFor();
      expect(await page.locator('#app').textContent()).toBe(`wardbook-app wardbook://study/${study}`);
      await page.evaluate(() => {
        window.location.hash = '#/experiments/1/runs/%3Cb%3E';
      });
      await page.getByText('This is the address that Wardbook gives to training scripts.').waitFor();
      expect(asked.filter((url) => url.startsWith('http') && !url.endsWith('/favicon.ico') && new URL(url).pathname !== '/')).toEqual([]);
      expect(refused).toEqual([]);
    } finally {
      await browser.close();
      await app.call('tracking.switch', { on: false });
    }
  });

  test('nothing reported an error', () => {
    expect(app.problems).toEqual([]);
  });
});

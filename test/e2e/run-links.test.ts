import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
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
      env: {
        ...process.env,
        WARDBOOK_CHROMIUM: host!.program,
        WARDBOOK_HEADLESS: '1',
        XDG_DATA_HOME: home,
        TMPDIR: home,
      },
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

  test('nothing reported an error', () => {
    expect(app.problems).toEqual([]);
  });
});

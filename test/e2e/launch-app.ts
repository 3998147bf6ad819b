import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { findBrowser, root } from './browser.ts';
import { launchOnElectron } from './launch-on-electron.ts';
import type { LaunchOptions, RunningApp } from './running-app.ts';

const patienceMs = 30_000;

/** Starts the app on a fresh user folder, on the host that `findBrowser` names. */
export function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const browser = findBrowser();
  if (browser === null) throw new Error('there is nothing to open a window on');
  return browser.host === 'electron'
    ? launchOnElectron(browser.program, options)
    : launchOnChromium(browser.program, options);
}

async function launchOnChromium(program: string, options: LaunchOptions): Promise<RunningApp> {
  const home = mkdtempSync(join(tmpdir(), 'wardbook-e2e-'));
  const vault = options.vault ?? join(home, 'vault');
  const dialogs = join(home, 'dialogs.jsonl');
  writeFileSync(dialogs, '');
  const child = spawn(process.execPath, [join(root, 'build/main/main.js'), '--vault', vault], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      WARDBOOK_CHROMIUM: program,
      WARDBOOK_HEADLESS: '1',
      WARDBOOK_TEST_PORT: '1',
      WARDBOOK_TEST_DIALOG: dialogs,
      TMPDIR: home,
      XDG_DATA_HOME: home,
      ...options.env,
    },
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const ended = exited.then((code) => {
    throw new Error(`the app ended with ${code}: ${errors}`);
  });
  ended.catch(() => {});

  const port = await Promise.race([waitFor(() => devToolsPort(home)), ended]);
  const driver = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const isOurs = (page: Page) => page.url().startsWith('https://wardbook.invalid/');
  const page = await Promise.race([
    waitFor(() =>
      driver
        .contexts()
        .flatMap((each) => each.pages())
        .find(isOurs),
    ),
    ended,
  ]);
  await page.waitForLoadState('domcontentloaded');

  const tidy = async () => {
    await driver.close().catch(() => {});
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  };
  return {
    page,
    vault,
    process: child,
    home,
    willChoose: (path) => appendFileSync(dialogs, `${JSON.stringify(path)}\n`),
    errors: () => errors,
    async close() {
      if (!page.isClosed()) await page.close();
      const code = await exited;
      await tidy();
      return code;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
      await tidy();
    },
  };
}

/** Chromium writes the port it chose into its profile. */
function devToolsPort(home: string): string | undefined {
  const profile = readdirSync(home).find((name) => name.startsWith('wardbook-window-'));
  const file = profile === undefined ? null : join(home, profile, 'DevToolsActivePort');
  return file !== null && existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] || undefined : undefined;
}

async function waitFor<T>(find: () => T | undefined): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('the window did not open');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

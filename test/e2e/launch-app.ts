import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { findBrowser, root } from './browser.ts';

export type LaunchOptions = {
  /** A vault that is there already; otherwise a new one that goes with the app. */
  vault?: string;
  env?: NodeJS.ProcessEnv;
};

/** The built app in a process of its own, driven from outside as a person would. */
export type RunningApp = {
  page: Page;
  vault: string;
  process: ChildProcess;
  /** Says beforehand what the next file or folder dialog gives; null: the person cancels. */
  willChoose(path: string | null): void;
  /** What the app wrote to stderr. */
  errors(): string;
  /** Closes the window, which ends the app; resolves with the exit status. */
  close(): Promise<number | null>;
  /** Ends the app's own process as a power cut would, without a word to the processes it started. */
  kill(): Promise<void>;
};

const patienceMs = 30_000;

/** Starts the app on a fresh user folder. On Electron the same tests would drive `_electron`; see docs/hosts.md. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const browser = findBrowser();
  if (browser?.host !== 'chromium') throw new Error('there is no Chromium to open a window on');
  const home = mkdtempSync(join(tmpdir(), 'wardbook-e2e-'));
  const vault = options.vault ?? join(home, 'vault');
  const dialogs = join(home, 'dialogs.jsonl');
  writeFileSync(dialogs, '');
  const child = spawn(process.execPath, [join(root, 'build/main/main.js'), '--vault', vault], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      WARDBOOK_CHROMIUM: browser.program,
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

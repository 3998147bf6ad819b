import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { root } from './browser.ts';
import type { LaunchOptions, RunningApp } from './running-app.ts';

/** The unpackaged app on Electron's runtime; dialogs are answered inside main, where Electron has them. */
export async function launchOnElectron(program: string, options: LaunchOptions): Promise<RunningApp> {
  const home = mkdtempSync(join(tmpdir(), 'wardbook-e2e-'));
  const vault = options.vault ?? join(home, 'vault');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: program,
    args: [...asRoot, root, '--vault', vault],
    env: {
      ...(process.env as Record<string, string>),
      XDG_DATA_HOME: home,
      ...(options.env as Record<string, string>),
    },
  });
  const child = app.process();
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const page = await app.firstWindow();
  await page.waitForLoadState('domcontentloaded');
  const tidy = () => rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  return {
    page,
    vault,
    process: child,
    home,
    willChoose(path) {
      void app.evaluate(({ dialog }, chosen) => {
        const kept = globalThis as { choices?: (string | null)[] };
        kept.choices ??= [];
        kept.choices.push(chosen);
        dialog.showOpenDialog = async () => {
          const next = kept.choices?.shift() ?? null;
          return { canceled: next === null, filePaths: next === null ? [] : [next] };
        };
      }, path);
    },
    errors: () => errors,
    async close() {
      if (!page.isClosed()) await page.close();
      const code = await exited;
      tidy();
      return code;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
      tidy();
    },
  };
}

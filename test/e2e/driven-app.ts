import type { Bridge } from '../../renderer/api.ts';
import type { CallGiven, CallName, CallOutput } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/errors.ts';
import { launchApp } from './launch-app.ts';
import type { LaunchOptions, RunningApp } from './running-app.ts';

/** The app with what every test of a window needs: its own calls, its keys, its addresses, and what went wrong in it. */
export type DrivenApp = RunningApp & {
  /** Errors that the page or its console reported since it was loaded; a refusal by the content security policy is one. */
  problems: string[];
  /** The page's own call to main, as the screens make it. Throws what main answered when it failed. */
  call<K extends CallName>(name: K, input: CallGiven<K>): Promise<CallOutput<K>>;
  /** Goes to an address of the window: `/settings`, `/run/…/log`. */
  go(address: string): Promise<void>;
  press(...keys: string[]): Promise<void>;
  /** Waits until no query is on its way. */
  settled(): Promise<void>;
};

/** A locator that finds nothing fails after this, well before the test does. */
const patienceMs = 15_000;

/** Starts the app and loads its page once more, so that nothing it reports is missed. */
export async function openApp(options: LaunchOptions = {}): Promise<DrivenApp> {
  const app = await launchApp(options);
  const { page } = app;
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.reload();
  page.setDefaultTimeout(patienceMs);
  await page.getByRole('navigation', { name: 'Wardbook' }).waitFor();
  return {
    ...app,
    problems,
    async call(name, input) {
      const bridge = ([called, given]: [string, unknown]) => (window.api as Bridge).call(called, given);
      const result = (await page.evaluate(bridge, [name, input] as [string, unknown])) as Result<never>;
      if (!result.ok) throw new Error(`${name}: ${result.error.code}: ${result.error.message}`);
      return result.value;
    },
    go: (address) =>
      page.evaluate((hash) => {
        window.location.hash = hash;
      }, address),
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
    settled: () => page.locator('.progress-line.on').waitFor({ state: 'detached' }),
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { AppError } from '../../../shared/errors.ts';
import { type Cdp, connectPipe } from './cdp.ts';
import { isAlive } from './instance-lock.ts';
import { browserArguments } from './switches.ts';

export type Target = { targetId: string; sessionId: string };

/** One running Chromium with a profile of its own, which is deleted when it ends. */
export type Browser = {
  cdp: Cdp;
  /** Opens a window (without tabs and address bar, where there is a display) and waits until its page can be driven. */
  openTarget(url: string): Promise<Target>;
  /** Ends Chromium and deletes the profile. */
  close(): Promise<void>;
};

const profilePrefix = 'wardbook-window-';

type TargetInfo = { targetId: string; type: string; openerId?: string };

/** Kinds of target that run a page's own code; one that main did not open is closed before it runs. */
const pageCode = new Set(['page', 'iframe', 'worker', 'shared_worker', 'service_worker', 'webview']);

/**
 * @throws AppError HOST_UNAVAILABLE when there is no browser or it does not start
 */
export async function launchBrowser(env: NodeJS.ProcessEnv): Promise<Browser> {
  const executable = env['WARDBOOK_CHROMIUM'];
  if (!executable)
    throw unavailable('No browser was named.', 'Start with npm start, or set WARDBOOK_CHROMIUM to a Chromium.');
  const headless = env['WARDBOOK_HEADLESS'] === '1' || !hasDisplay(env);
  removeStaleProfiles();
  const profile = mkdtempSync(join(tmpdir(), `${profilePrefix}${process.pid}-`));
  writePreferences(profile);
  const asRoot = process.getuid?.() === 0;
  const args = browserArguments({ profile, headless, asRoot, testPort: env['WARDBOOK_TEST_PORT'] === '1' });
  const child = spawn(executable, args, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    // What its libraries keep for the next time goes with the profile too.
    env: { ...env, XDG_CACHE_HOME: profile, BREAKPAD_DUMP_LOCATION: profile },
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const cdp = connectPipe(child.stdio[3] as Writable, child.stdio[4] as Readable);

  const removeProfile = () => rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const close = async () => {
    cdp.send('Browser.close').catch(() => {});
    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 3_000).unref())]);
    endProcess(child);
    await exited;
    await removeProfile();
  };
  // Whatever way this process ends, Chromium sees its pipe close and ends too.
  try {
    const openTarget = await watchTargets(cdp, headless ? null : { executable, profile, asRoot });
    return { cdp, openTarget, close };
  } catch (cause) {
    endProcess(child);
    await removeProfile();
    throw unavailable(
      `Chromium (${executable}) did not start.`,
      'Start it once by hand to see why, or name another one with WARDBOOK_CHROMIUM.',
      cause,
    );
  }
}

async function watchTargets(
  cdp: Cdp,
  shown: { executable: string; profile: string; asRoot: boolean } | null,
): Promise<Browser['openTarget']> {
  const waiting: ((target: Target) => void)[] = [];
  cdp.onMessage(({ method, params }) => {
    if (method !== 'Target.attachedToTarget') return;
    const { sessionId, targetInfo } = params as { sessionId: string; targetInfo: TargetInfo };
    const opened = targetInfo.type === 'page' && targetInfo.openerId === undefined ? waiting.shift() : undefined;
    if (opened) return opened({ targetId: targetInfo.targetId, sessionId });
    // A window closed while it is paused would leave the page that opened it waiting for ever; no name resolves meanwhile.
    const close = async () => {
      await cdp.send('Runtime.runIfWaitingForDebugger', {}, sessionId);
      if (pageCode.has(targetInfo.type)) await cdp.send('Target.closeTarget', { targetId: targetInfo.targetId });
    };
    close().catch(() => {});
  });
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
  await cdp.send('Browser.setDownloadBehavior', { behavior: 'deny' });
  return (url) =>
    new Promise((resolve, reject) => {
      waiting.push(resolve);
      cdp.onClose(() => reject(unavailable('The window closed before it was open.', 'Start again.')));
      if (shown === null) return void cdp.send('Target.createTarget', { url: 'about:blank' }).catch(reject);
      // A second start with the same profile is handed to the running browser, which opens a window without browser controls.
      const args = [`--user-data-dir=${shown.profile}`, `--app=${url}`, ...(shown.asRoot ? ['--no-sandbox'] : [])];
      spawn(shown.executable, args, { stdio: 'ignore' }).once('error', reject);
    });
}

/** What Chromium has no switch for. */
function writePreferences(profile: string): void {
  const preferences = {
    // No datagram leaves the page's own computer, so that no STUN server can be asked [PRIVACY N6].
    webrtc: { ip_handling_policy: 'disable_non_proxied_udp' },
    dns_prefetching: { enabled: false },
    net: { network_prediction_options: 2 },
    translate: { enabled: false },
    autofill: { enabled: false, credit_card_enabled: false, profile_enabled: false },
    credentials_enable_service: false,
  };
  mkdirSync(join(profile, 'Default'), { recursive: true, mode: 0o700 });
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences), { mode: 0o600 });
}

/** A process that was killed could not delete its profile. */
function removeStaleProfiles(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(profilePrefix) ? Number.parseInt(name.slice(profilePrefix.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another person's: theirs to delete.
    }
  }
}

function hasDisplay(env: NodeJS.ProcessEnv): boolean {
  return process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}

function endProcess(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
}

function unavailable(message: string, hint: string, cause?: unknown): AppError {
  return new AppError('HOST_UNAVAILABLE', message, hint, { cause });
}

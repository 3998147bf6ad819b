import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { userDataFolder } from '../../platform/paths.ts';
import type { HostApp } from '../host.ts';
import { type Browser, launchBrowser } from './browser.ts';
import { takeInstanceLock } from './instance-lock.ts';
import { stoppable } from './stoppable.ts';

/** The application: one Chromium process that lives as long as this one. */
export class ChromiumApp extends EventEmitter implements HostApp {
  readonly isPackaged = false;
  /** Chromium's switches are fixed before main runs (switches.ts) and hold everything that main asks for. */
  readonly commandLine = { appendSwitch: () => {} };
  #launching: Promise<Browser> | null = null;
  #browser: Browser | null = null;
  #userData = join(userDataFolder(), 'app');
  #unlock: (() => void) | null = null;
  #ending = false;

  /** Chromium's sandbox is on already, except as root (browser.ts). */
  enableSandbox(): void {}
  /** No name resolves at all: see `--host-resolver-rules`. */
  configureHostResolver(): void {}

  /** Not an installed program: the system has nothing to send links to. */
  setAsDefaultProtocolClient = (): boolean => false;

  setPath(name: string, path: string): void {
    if (name === 'userData') this.#userData = path;
  }

  requestSingleInstanceLock(): boolean {
    this.#unlock ??= takeInstanceLock(this.#userData, process.argv.slice(1), (argv) =>
      this.emit('second-instance', {}, argv),
    );
    return this.#unlock !== null;
  }

  async whenReady(): Promise<void> {
    this.#launching ??= launchBrowser(process.env);
    this.#browser = await this.#launching;
    this.#browser.cdp.onClose(() => {
      if (!this.#ending) this.emit('window-all-closed');
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => this.quit());
  }

  /** The running browser; windows are opened after `whenReady` only. */
  get browser(): Browser {
    if (this.#browser === null) throw new Error('a window was opened before the app was ready');
    return this.#browser;
  }

  quit(): void {
    const event = stoppable();
    this.emit('will-quit', event);
    if (!event.prevented) this.exit(0);
  }

  exit(code = 0): void {
    if (this.#ending) return;
    this.#ending = true;
    void (async () => {
      await this.#browser?.close();
      this.#unlock?.();
      process.exit(code);
    })();
  }
}

import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions } from 'electron';
import type { HostWindow } from '../host.ts';
import type { Browser } from './browser.ts';
import { ChromiumContents, type Invoke } from './contents.ts';
import { initScript } from './init-script.ts';
import type { ChromiumSession } from './session.ts';

export type WindowParts = {
  browser: Browser;
  session: ChromiumSession;
  invoke: Invoke;
};

/** A window that opens with its first page. Its size is the window manager's affair, its first size Chromium's. */
export class ChromiumWindow extends EventEmitter implements HostWindow {
  readonly webContents: ChromiumContents;
  readonly #script: string | null;

  constructor(options: BrowserWindowConstructorOptions, { browser, session, invoke }: WindowParts) {
    super();
    const preload = options.webPreferences?.preload;
    this.#script = preload === undefined ? null : initScript(preload);
    this.webContents = new ChromiumContents(browser, session, invoke, {
      width: options.width ?? 1280,
      height: options.height ?? 800,
    });
    this.webContents.once('destroyed', () => this.emit('closed'));
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.load(url, this.#script);
    this.emit('ready-to-show');
  }

  show(): void {}
  restore(): void {}
  isMinimized = (): boolean => false;
  isDestroyed = (): boolean => this.webContents.isDestroyed();
  focus(): void {
    void this.webContents.focus();
  }
}

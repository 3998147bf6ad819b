import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BrowserWindowConstructorOptions, OpenDialogOptions } from 'electron';
import type { Host, HostInvokeEvent } from '../host.ts';
import { ChromiumApp } from './app.ts';
import { showOpenDialog } from './dialog.ts';
import { ChromiumSession } from './session.ts';
import { ChromiumWindow } from './window.ts';

/** The part of Electron that main uses, on an installed Chromium driven over a pipe (docs/hosts.md). */

const app = new ChromiumApp();
const sessions = new Map<string, ChromiumSession>();
const handlers = new Map<string, (event: HostInvokeEvent, ...args: unknown[]) => unknown>();
let builtFolder: string | null = null;

async function invoke(event: HostInvokeEvent, channel: string, args: unknown[]): Promise<unknown> {
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`no handler for ${channel}`);
  return handler(event, ...args);
}

function fromPartition(partition: string): ChromiumSession {
  const known = sessions.get(partition) ?? new ChromiumSession();
  sessions.set(partition, known);
  return known;
}

class BrowserWindow extends ChromiumWindow {
  constructor(options: BrowserWindowConstructorOptions) {
    const { preload, partition } = options.webPreferences ?? {};
    if (preload !== undefined) builtFolder = dirname(preload);
    super(options, { browser: app.browser, session: fromPartition(partition ?? ''), invoke });
    app.emit('web-contents-created', {}, this.webContents);
    this.on('closed', () => app.emit('window-all-closed'));
  }
}

export const chromiumHost: Host = {
  app,
  BrowserWindow,
  session: { fromPartition },
  // Served under an https origin (addresses.ts), which has these privileges anyway.
  protocol: { registerSchemesAsPrivileged: () => {} },
  ipcMain: { handle: (channel, listener) => void handlers.set(channel, listener) },
  dialog: {
    showErrorBox: (title, content) => void process.stderr.write(`${title}\n${content}\n`),
    showOpenDialog: (options: OpenDialogOptions) => {
      if (builtFolder === null) throw new Error('a dialog was opened before the first window');
      return showOpenDialog(options, app.browser, readFileSync(join(builtFolder, 'page-shim.js'), 'utf8'));
    },
  },
  // No keyring here: PRIVACY.md's rules for a missing one apply.
  safeStorage: {
    isEncryptionAvailable: () => false,
    getSelectedStorageBackend: () => 'unknown',
    encryptString: () => {
      throw new Error('no keyring on this host');
    },
    decryptString: () => {
      throw new Error('no keyring on this host');
    },
  },
  Menu: { setApplicationMenu: () => {} },
};

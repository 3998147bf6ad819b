import type { Host, HostWindow } from '../host/host.ts';
import { lockSession, type OnRefused } from './lock-down.ts';
import { appOrigin, appScheme, webPreferences } from './policy.ts';
import { serveApp } from './serve.ts';

export type WindowFiles = {
  /** Folder of the built renderer. */
  renderer: string;
  /** The built preload script. */
  preload: string;
};

let servedSession = false;

/** Opens the one window on the app's own page. */
export async function openWindow(host: Host, files: WindowFiles, onRefused: OnRefused): Promise<HostWindow> {
  if (!servedSession) {
    const session = host.session.fromPartition(webPreferences.partition);
    lockSession(session, onRefused);
    session.protocol.handle(appScheme, serveApp(files.renderer));
    servedSession = true;
  }
  const window = new host.BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Wardbook',
    autoHideMenuBar: true,
    webPreferences: { ...webPreferences, preload: files.preload },
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(`${appOrigin}/index.html`);
  return window;
}

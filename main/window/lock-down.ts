import type { HostApp, HostContents, HostSession, Navigation } from '../host/host.ts';
import { appScheme, isAppUrl } from './policy.ts';

/** Called for each attempt that was refused, with the kind of door. No address: it may hold what it should not. */
export type OnRefused = (door: string) => void;

/** Closes what a session could open: requests, permissions, downloads, dictionaries [N6, E8, E9]. */
export function lockSession(session: HostSession, onRefused: OnRefused): void {
  session.webRequest.onBeforeRequest(({ url }, callback) => {
    const allowed = isAppUrl(url) || isInPage(url);
    if (!allowed) onRefused('request');
    callback({ cancel: !allowed });
  });
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    onRefused('download');
    event.preventDefault();
  });
  session.setSpellCheckerEnabled(false);
  // Electron downloads dictionaries from here even when spell checking is off in a window [T18].
  session.setSpellCheckerDictionaryDownloadURL(`${appScheme}://none/`);
}

/** Closes what any page could open: navigation, windows, web views, datagrams [E5–E7, N6]. */
export function lockContents(contents: HostContents, onRefused: OnRefused): void {
  const stayHere = (details: Navigation) => {
    if (!isAppUrl(details.url)) details.preventDefault();
  };
  contents.on('will-navigate', stayHere);
  contents.on('will-redirect', stayHere);
  // This one comes for every frame, so that it also counts.
  contents.on('will-frame-navigate', (details) => {
    if (!isAppUrl(details.url)) onRefused('navigation');
    stayHere(details);
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setWindowOpenHandler(() => {
    onRefused('window');
    return { action: 'deny' };
  });
}

/** What the application itself could be asked for [E10]. */
export function lockApp(app: HostApp, onRefused: OnRefused): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, onRefused));
  app.on('login', (event) => event.preventDefault());
  app.on('select-client-certificate', (event) => event.preventDefault());
}

/** Data that the page made itself; it never leaves it. */
function isInPage(url: string): boolean {
  return url.startsWith('data:') || url.startsWith('blob:');
}

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../shared/errors.ts';
import { childStarter, host, hostName } from './host/index.ts';
import { useChildStarter as startChildrenWith } from './platform/child.ts';
import { userDataFolder, vaultFolder } from './platform/paths.ts';
import { startServices } from './services.ts';
import { closeDoors } from './window/close-doors.ts';
import { followLinks } from './window/follow-links.ts';
import { openWindow } from './window/open-window.ts';

/** Boot: doors → one instance → store and services → window. */

const { values } = parseArgs({ options: { vault: { type: 'string' } }, strict: false });
const vaultDir = vaultFolder(typeof values.vault === 'string' ? values.vault : undefined);
let refused = 0;
const onRefused = () => {
  refused += 1;
};

host.app.setPath('userData', join(userDataFolder(), 'app'));
if (!closeDoors(host, process.argv.slice(1), onRefused)) host.app.exit(2);
else if (!host.app.requestSingleInstanceLock()) host.app.exit(0);
else await boot();

async function boot(): Promise<void> {
  if (childStarter !== null) startChildrenWith(childStarter);
  const links = followLinks(host.app, process.argv.slice(1));
  try {
    const ready = host.app.whenReady();
    const [services] = await Promise.all([
      startServices({ host, hostName, vaultDir, ready, refused: () => refused, onRefused, takeLink: links.take }),
      ready,
    ]);
    quitCleanly(services.close);
    const window = await openWindow(host, pageFiles(), onRefused);
    services.connect(window);
    links.ready(window, services.tellOfLink);
  } catch (error) {
    const known = error instanceof AppError;
    host.dialog.showErrorBox(
      'Wardbook could not start',
      known ? `${error.code}: ${error.message}${error.hint === undefined ? '' : ` ${error.hint}`}` : String(error),
    );
    host.app.exit(1);
  }
}

/** Closing the window ends the app: trainings are stopped and recorded as stopped, the store is closed, then the process ends. */
function quitCleanly(close: () => Promise<void>): void {
  let closing = false;
  host.app.on('window-all-closed', () => host.app.quit());
  host.app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    void close().finally(() => host.app.exit(0));
  });
}

/** The build puts this file, the preload script and the renderer side by side. */
function pageFiles(): { renderer: string; preload: string } {
  const folder = import.meta.dirname;
  return { renderer: join(folder, '..', 'renderer'), preload: join(folder, 'preload.cjs') };
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../../tools/find-chromium.mjs';
import { notRun } from '../not-run.ts';

export const root = join(import.meta.dirname, '../..');

/** Electron's program when its runtime was downloaded, otherwise null. */
export function findElectron(): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const name = join(folder, 'path.txt');
  if (!existsSync(name)) return null;
  const program = join(folder, 'dist', readFileSync(name, 'utf8').trim());
  return existsSync(program) ? program : null;
}

/** What the app can open a window on here, or null. */
export function findBrowser(): { host: 'electron' | 'chromium'; program: string } | null {
  const electron = findElectron();
  if (electron !== null) return { host: 'electron', program: electron };
  const chromium = findChromium();
  return chromium === null ? null : { host: 'chromium', program: chromium };
}

/** Whether tests of a window can run here; when not, `npm test` says so in its last line. */
export function canOpenWindow(what: string): boolean {
  if (findBrowser() !== null) return true;
  notRun(what, 'neither Electron’s runtime nor a Chromium is installed');
  return false;
}

// `npm start -- [--vault DIR]`: opens the window on Electron where its runtime is there, on an installed Chromium otherwise.
// It installs nothing: what is missing is named, with the way to get it.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll, isStale } from './build.mjs';
import { findChromium } from './find-chromium.mjs';
import { root } from './root.mjs';

/** Path of Electron's program, or null: the npm package is there without it on a machine that could not download it. */
function findElectron() {
  const folder = join(root, 'node_modules', 'electron');
  const nameFile = join(folder, 'path.txt');
  if (!existsSync(nameFile)) return null;
  const program = join(folder, 'dist', readFileSync(nameFile, 'utf8').trim());
  return existsSync(program) ? program : null;
}

const args = process.argv.slice(2);
const main = join(root, 'build', 'main', 'main.js');
const electron = process.env.WARDBOOK_HOST === 'chromium' ? null : findElectron();
const chromium = electron === null ? findChromium() : null;
const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;

function missing() {
  if (electron === null && chromium === null) {
    return 'Neither Electron’s runtime nor a Chromium was found: install Chromium (Debian: apt install chromium), name one with WARDBOOK_CHROMIUM, or fetch Electron with npx install-electron. The command line needs neither: npm run -s wardbook -- help';
  }
  if (!hasDisplay && process.env.WARDBOOK_HEADLESS !== '1') {
    return 'There is no display to open a window on. The command line needs none: npm run -s wardbook -- help';
  }
  return null;
}

const problem = missing();
if (problem !== null) {
  console.error(`error: HOST_UNAVAILABLE: ${problem}`);
  process.exit(1);
}

if (isStale()) await buildAll();
// Chromium's sandbox does not work as root, on either host.
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const child =
  electron !== null
    ? spawn(electron, [...asRoot, root, ...args], { stdio: 'inherit' })
    : spawn(process.execPath, [main, ...args], {
        stdio: 'inherit',
        env: { ...process.env, WARDBOOK_CHROMIUM: chromium },
      });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});

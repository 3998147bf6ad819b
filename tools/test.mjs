// `npm test`: builds, makes sure of a browser where it may, runs every test, and says in its last line what did not run and why.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll, isStale } from './build.mjs';
import { findChromium } from './find-chromium.mjs';
import { root } from './root.mjs';

const results = join(root, 'build', 'test-results.json');
const notRunFile = join(root, 'build', 'not-run.jsonl');

function installChromium() {
  if (findChromium() !== null || process.env.WARDBOOK_NO_APT === '1') return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log('Installing Chromium from Debian’s packages for the end-to-end tests (WARDBOOK_NO_APT=1 prevents this).');
  // Short time-outs: a blocked network must not hold the tests up.
  const apt = [
    '-qq',
    '-o',
    'Acquire::Retries=1',
    '-o',
    'Acquire::http::Timeout=20',
    '-o',
    'Acquire::https::Timeout=20',
  ];
  const options = { stdio: 'inherit', timeout: 300_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const updated = spawnSync('apt-get', [...apt, 'update'], options);
  if (updated.status === 0)
    spawnSync('apt-get', [...apt, 'install', '-y', '--no-install-recommends', 'chromium'], options);
}

function readNotRun() {
  if (!existsSync(notRunFile)) return [];
  const lines = readFileSync(notRunFile, 'utf8').split('\n').filter(Boolean);
  return [...new Set(lines)].map((line) => JSON.parse(line));
}

installChromium();
if (isStale()) await buildAll();
rmSync(notRunFile, { force: true });
rmSync(results, { force: true });

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const run = spawnSync(
  process.execPath,
  [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);

const notRun = readNotRun();
if (existsSync(results)) {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(results, 'utf8'));
  console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
}
console.log(
  notRun.length === 0
    ? 'Everything ran.'
    : `Not run here (${notRun.length}): ${notRun.map(({ what, why }) => `${what} (${why})`).join('; ')}`,
);
process.exitCode = run.status ?? 1;

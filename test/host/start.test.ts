import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { notRun } from '../not-run.ts';

const start = join(import.meta.dirname, '../../tools/start.mjs');
const run = (env: NodeJS.ProcessEnv) =>
  spawnSync(process.execPath, [start], {
    encoding: 'utf8',
    env: { HOME: process.env.HOME, WARDBOOK_HOST: 'chromium', ...env },
  });

test('without anything to open a window on, start says in one line what to do, and installs nothing', () => {
  const { status, stderr } = run({ PATH: '/nowhere' });
  expect(status).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/^error: HOST_UNAVAILABLE: Neither .* apt install chromium/),
  ]);
});

const onLinux = process.platform === 'linux';
if (!onLinux) notRun('start without a display', 'only Linux can be without one');
test.runIf(onLinux)('without a display, start says so in one line', () => {
  const { status, stderr } = run({ PATH: '/nowhere', WARDBOOK_CHROMIUM: process.execPath });
  expect(status).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/^error: HOST_UNAVAILABLE: There is no display/)]);
});

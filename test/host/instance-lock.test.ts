import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeInstanceLock } from '../../main/host/chromium/instance-lock.ts';

test('a second start gets no lock, and the first one is told with what it was called', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-lock-'));
  const told = Promise.withResolvers<string[]>();
  const release = takeInstanceLock(folder, [], told.resolve);
  expect(release).not.toBeNull();
  expect(takeInstanceLock(folder, ['main.js', 'wardbook://run/a'], () => {})).toBeNull();
  expect(await told.promise).toEqual(['main.js', 'wardbook://run/a']);
  release?.();
  expect(existsSync(join(folder, 'instance.lock'))).toBe(false);
});

test('the lock of a process that was killed is taken over', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-lock-'));
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(join(folder, 'instance.lock'), String(pid));
  const release = takeInstanceLock(folder, [], () => {});
  expect(release).not.toBeNull();
  release?.();
});

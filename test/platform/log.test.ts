import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLog } from '../../main/platform/log.ts';

test('PRIVACY E25: the log says where an error happened, not its text, and names no folder of this computer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-log-'));
  const file = join(folder, 'logs', 'app.log');
  const log = createLog(file, { '<vault>': folder });
  const error = new TypeError('row 7: Mrs Jones', { cause: new Error('0412-77') });
  error.stack = `TypeError: row 7: Mrs Jones\n    at read (${join(folder, 'x.js')}:1:2)\n    at ${join(homedir(), 'y.js')}:3:4`;
  log('runs.show', error);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('runs.show: TypeError\n    at read (<vault>/x.js:1:2)\n    at ~/y.js:3:4');
  expect(text).not.toMatch(/Jones|0412/);
  expect(text).not.toContain(folder);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readWholeSeries } from '../../main/store/metrics/read.ts';
import { openVaultForReading } from '../../main/store/open-vault.ts';
import { notRun } from '../not-run.ts';
import { makeRun, openTestVault, point, temporaryFolder } from './vault-fixture.ts';

let dir: string;
beforeEach(() => {
  dir = temporaryFolder();
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const integrity = (db: { pragma(text: string, options: { simple: true }): unknown }) =>
  db.pragma('integrity_check', { simple: true });

const onLinux = process.platform === 'linux';
if (!onLinux) notRun('a full disk', 'the limit of a file’s size is set as Linux does');
test.runIf(onLinux)(
  'a process that may write no further is told DISK_FULL, loses nothing acknowledged, and goes on once there is room',
  { timeout: 60_000 },
  async () => {
    const vault = openTestVault(dir);
    const run = makeRun(vault);
    vault.close();
    // A soft limit on file size is a real refusal by the kernel and needs no rights; the signal that comes with it is ignored.
    const child = spawn(
      'bash',
      [
        '-c',
        'trap "" XFSZ; ulimit -S -f 6144; exec "$@"',
        'bash',
        process.execPath,
        join(import.meta.dirname, 'full-disk-child.ts'),
        dir,
        run,
      ],
      { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    );
    const [first] = (await once(child, 'message')) as [{ refused: string; again: string; acknowledged: number }];
    expect(first).toMatchObject({ refused: 'DISK_FULL', again: 'DISK_FULL' });
    expect(first.acknowledged).toBeGreaterThan(50_000);

    const reader = openVaultForReading(dir);
    expect(readWholeSeries(reader.db, run, 'loss').count).toBe(first.acknowledged);
    expect(spawnSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited']).status).toBe(0);
    child.send('room');
    const [second] = (await once(child, 'message')) as [{ afterwards: string | null; acknowledged: number }];
    await once(child, 'exit');
    expect(second).toEqual({ afterwards: null, acknowledged: first.acknowledged + 5_000 });

    const whole = readWholeSeries(reader.db, run, 'loss');
    expect([...whole.steps]).toEqual(Array.from({ length: second.acknowledged }, (_, step) => step));
    expect(whole.values.every((value, step) => value === Math.sin(step))).toBe(true);
    expect(integrity(reader.db)).toBe('ok');
    reader.close();
  },
);

test('a database that may not grow refuses with DISK_FULL, and a clear message that names the place and the way out', async () => {
  const vault = openTestVault(dir);
  const run = makeRun(vault);
  await vault.metrics.append(run, [point('loss', 0, 0)]);
  const pages = vault.db.pragma('page_count', { simple: true }) as number;
  vault.db.pragma(`max_page_count = ${pages}`);
  const many = Array.from({ length: 9_000 }, (_, i) => point('loss', 1 + i, Math.sin(i), i * i));
  const refused = vault.metrics.append(run, many);
  await expect(refused).rejects.toMatchObject({
    code: 'DISK_FULL',
    message: expect.stringContaining(dir),
    hint: expect.stringContaining('Make room'),
  });
  vault.db.pragma('max_page_count = 1000000');
  await vault.metrics.append(run, many);
  expect(readWholeSeries(vault.db, run, 'loss').count).toBe(9_001);
  vault.close();
});

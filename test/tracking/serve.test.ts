import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createServeProcess } from '../../main/tracking/serve-process.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';

const folder = (): string => {
  const dir = temporaryFolder();
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};
const get = (url: string, token: string): Promise<number> =>
  fetch(`${url}/health`, { headers: { Authorization: `Bearer ${token}` } }).then(({ status }) => status);

test('the app serves from a child of its own: it starts, counts, takes a new token, and ends', async () => {
  const dir = folder();
  openTestVault(dir).close();
  const server = createServeProcess(dir);
  expect(server.facts().server).toBeNull();
  await server.start(null);
  const { url, token } = server.facts().server!;
  expect(await get(url, token)).toBe(200);
  expect(await get(url, 'f'.repeat(64))).toBe(401);
  await expect
    .poll(() => server.facts().status, { timeout: 10_000 })
    .toMatchObject({ requests: 1, refused: [{ reason: 'wrong-token', count: 1 }] });
  server.revoke();
  const renewed = server.facts().server!.token;
  expect(renewed).not.toBe(token);
  await expect.poll(() => get(url, token), { timeout: 5_000 }).toBe(401);
  expect(await get(url, renewed)).toBe(200);
  await server.stop();
  expect(server.facts().server).toBeNull();
  await expect(get(url, renewed)).rejects.toThrow();
});

test('a port that is taken is said, and the server is off', async () => {
  const dir = folder();
  openTestVault(dir).close();
  const first = createServeProcess(dir);
  const second = createServeProcess(dir);
  await first.start(null);
  await second.start(Number(new URL(first.facts().server!.url).port));
  expect(second.facts()).toMatchObject({ server: null, failure: { code: 'PORT_UNAVAILABLE' } });
  await Promise.all([first.stop(), second.stop()]);
});

test('wardbook serve says where it is in its first line, serves, and ends well when it is interrupted', async () => {
  const cli = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');
  const child = spawn(process.execPath, [cli, 'serve', '--vault', folder(), '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const line = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data: Buffer) => resolve(String(data))),
  );
  const { url, token } = JSON.parse(line) as { url: string; token: string };
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await get(url, token)).toBe(200);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  expect(await ended).toBe(0);
});

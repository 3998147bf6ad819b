import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCounted, whyNoNamespace } from '../network/counted-namespace.ts';
import { notRun } from '../not-run.ts';
import { canOpenWindow, findBrowser, root } from './browser.ts';

const what = 'the proof of no network with the window open';
const reason = whyNoNamespace();
if (reason !== null) notRun(what, reason);

describe.runIf(reason === null && canOpenWindow(what))('PRIVACY N1, N8: the whole app on a cold profile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-window-network-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a shell script where every packet is counted and every listener is the app's. */
  const counted = (script: string) =>
    runCounted(['sh', '-c', script], {
      ...process.env,
      HOME: folder,
      TMPDIR: folder,
      XDG_DATA_HOME: folder,
      WARDBOOK_HEADLESS: '1',
      WARDBOOK_CHROMIUM: findBrowser()?.program,
    });
  // Columns of /proc/net: the fourth is the state, 0A is a TCP listener and 07 a bound UDP socket.
  const listeners = `cat /proc/net/tcp /proc/net/tcp6 | awk '$4 == "0A"' | wc -l; cat /proc/net/udp /proc/net/udp6 | awk '$4 == "07"' | wc -l`;
  const app = `"${process.execPath}" "${join(root, 'build/main/main.js')}" --vault "${join(folder, 'vault')}"`;

  test('a listener and a packet are seen (positive control)', () => {
    const leak = `"${process.execPath}" -e "require('node:http').createServer().listen(0); fetch('http://198.51.100.7/').catch(() => {})"`;
    const run = counted(`${leak} & pid=$!; sleep 2; ${listeners}; kill $pid`);
    expect(run.packets).toBeGreaterThan(0);
    expect(run.output.trim().split('\n').map(Number)[0]).toBe(1);
  });

  test('sends no packet and opens no listener, browser included', { timeout: 90_000 }, () => {
    const run = counted(`${app} & pid=$!; sleep 12; ${listeners}; kill -TERM $pid; wait $pid`);
    expect({
      packets: run.packets,
      loopback: run.loopback,
      listeners: run.output.trim().split('\n'),
      status: run.status,
    }).toEqual({
      packets: 0,
      loopback: 0,
      listeners: ['0', '0'],
      status: 0,
    });
  });
});

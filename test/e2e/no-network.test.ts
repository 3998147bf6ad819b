import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCounted, whyNoNamespace } from '../network/counted-namespace.ts';
import { internetCalls, whyNoTrace } from '../network/traced.ts';
import { notRun } from '../not-run.ts';
import { canOpenWindow, findBrowser, root } from './browser.ts';

const driver = [process.execPath, join(import.meta.dirname, 'drive-every-screen.ts')];

/** What the driver printed must be the whole job: a drive that did less would prove less. */
function expectEveryScreen(output: string): { listeners: number } {
  const line = output.split('\n').find((each) => each.startsWith('{'));
  if (line === undefined) throw new Error(output);
  const done = JSON.parse(line) as { titles: string[]; listeners: number; problems: string[]; status: number };
  expect(done).toMatchObject({ problems: [], status: 0 });
  expect(done.titles).toEqual(['Runs', 'Compare', 'Train', 'Datasets', 'Hardware', 'Export', 'Activity', 'Settings']);
  return done;
}

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

  test('sends no packet while it trains and shows every screen; the only listener is the one that drives the test', {
    timeout: 120_000,
  }, () => {
    const run = runCounted(driver, { ...process.env, HOME: folder, TMPDIR: folder });
    expect({ packets: run.packets, status: run.status }, run.output).toEqual({ packets: 0, status: 0 });
    expect(expectEveryScreen(run.output).listeners).toBe(1);
  });
});

const traceWhat = 'the proof of no network call by main with the window open';
const noTrace = whyNoTrace();
if (noTrace !== null) notRun(traceWhat, noTrace);

describe.runIf(noTrace === null && findBrowser()?.host === 'chromium')('PRIVACY N2: main and what it starts', () => {
  // Chromium looks for a way to the internet by connecting a datagram socket, which sends nothing; the packets above count it.
  const ours = { ours: /build\/main\//, others: /chrom|playwright|drive-every-screen/ };

  test('make no network call while the window trains and shows every screen', { timeout: 180_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'wardbook-window-trace-'));
    const run = internetCalls(driver, { ...process.env, HOME: folder, TMPDIR: folder }, ours);
    rmSync(folder, { recursive: true, force: true });
    expect(run.status, run.output).toBe(0);
    expectEveryScreen(run.output);
    for (const entry of ['main.js', 'trainer.js'])
      expect(run.programs.some((program) => program.includes(entry))).toBe(true);
    expect(run.calls).toEqual([]);
  });
});

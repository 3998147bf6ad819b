import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openVault } from '../../main/store/open-vault.ts';
import { findBrowser, root } from '../e2e/browser.ts';
import type { Row } from './bench.ts';
import { fillRuns } from './children/fill-runs.ts';

export const title = 'Memory at rest';

const settleMs = 12_000;
const mostMb = 300;

/** What our own processes hold at rest, a window open where there is a Chromium; the browser's processes are left out. */
export async function run(): Promise<Row[]> {
  if (process.platform !== 'linux') {
    const name = 'not measured here: needs /proc';
    return [{ name, figure: Number.NaN, unit: 'MB', target: `under ${mostMb} MB`, met: true }];
  }
  const home = mkdtempSync(join(tmpdir(), 'wardbook-bench-'));
  const vaultDir = join(home, 'vault');
  const vault = openVault(vaultDir, { purpose: 'bench' });
  fillRuns(vault.db, 1_000);
  vault.close();
  const browser = findBrowser();
  const withWindow = browser?.host === 'chromium';
  const services = fileURLToPath(new URL('children/services.ts', import.meta.url));
  const args = withWindow ? [join(root, 'build/main/main.js'), '--vault', vaultDir] : [services, vaultDir];
  const child = spawn(process.execPath, args, {
    stdio: 'ignore',
    env: {
      ...process.env,
      WARDBOOK_HEADLESS: '1',
      TMPDIR: home,
      XDG_DATA_HOME: home,
      ...(withWindow ? { WARDBOOK_CHROMIUM: browser.program } : {}),
    },
  });
  try {
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const ours = processTree(child.pid!).filter((pid) => program(pid) === program(process.pid));
    if (ours.length === 0) throw new Error('the app did not stay open');
    const memory = ours.reduce((sum, pid) => sum + residentMb(pid), 0);
    return [
      {
        name: `${ours.length} process of ours, ${withWindow ? 'the window open' : 'without a window: no Chromium here'}, 1,000 runs`,
        figure: memory,
        unit: 'MB',
        target: `under ${mostMb} MB`,
        met: memory < mostMb,
      },
    ];
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A process and all that descend from it. */
function processTree(from: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const);
  const tree = [from];
  for (const pid of tree) tree.push(...parents.filter(([, parent]) => parent === pid).map(([child]) => child));
  return tree;
}

/** The parent stands after the command's name, which ends at the last closing parenthesis. */
function parentOf(pid: string): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[1]);
  } catch {
    return null;
  }
}

function program(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return null;
  }
}

/** Resident memory of a process in MB (10⁶ bytes), shared pages included. */
function residentMb(pid: number): number {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return match === null ? 0 : (Number(match[1]) * 1024) / 1e6;
}

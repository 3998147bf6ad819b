import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openVault } from '../../main/store/open-vault.ts';
import { root } from '../e2e/browser.ts';
import type { Row } from './bench.ts';
import { fillRuns } from './children/fill-runs.ts';

export const title = 'runs --json on a small vault, the whole process';

const rounds = 9;

/** As installed and in the project; npm's own start, which is not ours, stands beside `npm run`. */
export async function run(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'wardbook-bench-'));
  try {
    const vault = openVault(dir, { purpose: 'bench' });
    fillRuns(vault.db, 20);
    vault.close();
    const command = ['runs', '--json', '--vault', dir];
    const node = medianTime(process.execPath, [join(root, 'tools', 'wardbook.mjs'), ...command]);
    const npm = medianTime('npm', ['run', '-s', 'wardbook', '--', ...command]);
    const npmAlone = medianTime('npm', ['pkg', 'get', 'name']);
    const target = 'under 400 ms';
    return [
      { name: 'node tools/wardbook.mjs runs --json', figure: node, unit: 'ms', target, met: node < 400 },
      {
        name: 'npm run -s wardbook -- runs --json',
        figure: npm,
        unit: 'ms',
        baseline: { name: 'npm alone', figure: npmAlone },
        target,
        met: npm < 400,
      },
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Milliseconds from start to end of a process, the median of nine. */
function medianTime(program: string, args: string[]): number {
  const times = Array.from({ length: rounds }, () => {
    const begun = performance.now();
    const { status, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${stderr}`);
    return performance.now() - begun;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!;
}

import { spawn } from 'node:child_process';
import { nodeProgram } from '../../platform/node-program.ts';
import { isAlive } from '../../platform/process-identity.ts';
import { type LauncherRecord, readRecord } from '../job-files.ts';
import type { LaunchPlan } from '../launcher/plan.ts';

const upMs = 15_000;
const lookMs = 10;

/**
 * Starts a launcher that outlives this process, by the means in `wrap`, and resolves when it has its port; null when it did not
 * come up. The plan goes over its standard input, since it holds a token.
 */
export async function startLauncher(
  plan: LaunchPlan,
  wrap: string[],
  env: NodeJS.ProcessEnv,
): Promise<LauncherRecord | null> {
  const before = readRecord(plan.folder, 'launcher');
  const { program, args } = nodeProgram('commands/command-launcher');
  const [first = '', ...rest] = [...wrap, program, ...args];
  const child = spawn(first, rest, { detached: true, env, stdio: ['pipe', 'ignore', 'ignore'] });
  let gone = false;
  child.on('exit', () => {
    gone = true;
  });
  child.on('error', () => {
    gone = true;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(plan));
  child.unref();
  for (let waited = 0; waited < upMs; waited += lookMs) {
    const record = readRecord(plan.folder, 'launcher');
    if (record !== null && record.pid !== before?.pid) return record;
    if (gone) return null;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  return null;
}

/** Whether the launcher of a job folder is there, and so answers its command's client. */
export function launcherOf(folder: string): LauncherRecord | null {
  const record = readRecord(folder, 'launcher');
  return record !== null && isAlive(record) ? record : null;
}

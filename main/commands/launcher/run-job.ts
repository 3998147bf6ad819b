import { spawn } from 'node:child_process';
import { killedForMemory, oomKills } from '../../platform/oom.ts';
import { identityOf } from '../../platform/process-identity.ts';
import type { ExitRecord } from '../job-files.ts';
import type { LaunchPlan } from './plan.ts';
import type { OutputReader } from './read-output.ts';
import type { RunningJob } from './watch-job.ts';
import { startWitnessed } from './witness.ts';

/**
 * Starts the command at the head of a process group (and session) of its own, without a terminal or an input, below a witness
 * where there can be one.
 */
export async function startJob(plan: LaunchPlan, env: NodeJS.ProcessEnv, output: OutputReader): Promise<RunningJob> {
  const witnessed = output.stdio === 'pipe' ? null : await startWitnessed(plan, env, output.stdio);
  return witnessed ?? startAsChild(plan, env, output);
}

function startAsChild(plan: LaunchPlan, env: NodeJS.ProcessEnv, output: OutputReader): RunningJob {
  const { stdio } = output;
  const [program = '', ...args] = plan.argv;
  const before = oomKills();
  const ended = Promise.withResolvers<ExitRecord>();
  const end = (code: number | null, signal: string | null, error: string | null): void =>
    ended.resolve({
      code,
      signal,
      error,
      witnessed: true,
      endedAt: Date.now(),
      memoryKill: killedForMemory(before),
    });
  const child = spawn(program, args, { cwd: plan.cwd, env, detached: true, stdio: ['ignore', stdio, stdio] });
  child.stdout?.on('data', output.take);
  child.stderr?.on('data', output.take);
  child.on('error', (error: NodeJS.ErrnoException) => {
    if (child.pid === undefined) end(null, null, error.code ?? error.name);
  });
  child.on(stdio === 'pipe' ? 'close' : 'exit', (code: number | null, signal: string | null) =>
    end(code, signal, null),
  );
  return { identity: child.pid === undefined ? null : identityOf(child.pid), ended: ended.promise };
}

import { spawn } from 'node:child_process';
import { identityOf, isAlive, type ProcessIdentity } from '../../platform/process-identity.ts';
import type { ExitRecord } from '../job-files.ts';
import type { LaunchPlan } from './plan.ts';
import type { OutputReader } from './read-output.ts';

export type JobEnd = Pick<ExitRecord, 'code' | 'signal' | 'error' | 'witnessed'>;
export type RunningJob = { identity: ProcessIdentity | null; ended: Promise<JobEnd> };

const lookMs = 200;

/** Starts the command at the head of a process group (and session) of its own, without a terminal or an input. */
export function startJob(plan: LaunchPlan, env: NodeJS.ProcessEnv, output: OutputReader): RunningJob {
  const { stdio } = output;
  const [program = '', ...args] = plan.argv;
  const ended = Promise.withResolvers<JobEnd>();
  const child = spawn(program, args, { cwd: plan.cwd, env, detached: true, stdio: ['ignore', stdio, stdio] });
  child.stdout?.on('data', output.take);
  child.stderr?.on('data', output.take);
  child.on('error', (error: NodeJS.ErrnoException) => {
    if (child.pid === undefined) {
      ended.resolve({ code: null, signal: null, error: error.code ?? error.name, witnessed: true });
    }
  });
  const event = stdio === 'pipe' ? 'close' : 'exit';
  child.on(event, (code: number | null, signal: string | null) =>
    ended.resolve({ code, signal, error: null, witnessed: true }),
  );
  return { identity: child.pid === undefined ? null : identityOf(child.pid), ended: ended.promise };
}

/** Waits for a command that another launcher started; with what status it ends nobody learns. */
export function watchJob(identity: ProcessIdentity): RunningJob {
  const ended = new Promise<JobEnd>((resolve) => {
    const timer = setInterval(() => {
      if (isAlive(identity)) return;
      clearInterval(timer);
      resolve({ code: null, signal: null, error: null, witnessed: false });
    }, lookMs);
  });
  return { identity, ended };
}

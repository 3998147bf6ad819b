import { spawn } from 'node:child_process';
import { fromFailure, type Result, toFailure } from '../../shared/errors.ts';
import { nodeProgram } from '../platform/node-program.ts';
import type { CommandRequest } from './request.ts';

export type HostReply = Result<{ id: string }>;

/**
 * Starts a process of its own for a command and its run, which goes on when this process ends; resolves with the run's id before
 * the command begins. `env` is the command's environment. Rejects with what kept it from being recorded.
 */
export async function startCommandHost(
  vaultDir: string,
  request: CommandRequest,
  env: NodeJS.ProcessEnv,
): Promise<{ id: string }> {
  const { program, args } = nodeProgram('workers/command-host');
  const host = spawn(program, [...args, '--vault', vaultDir], {
    detached: true,
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  host.stdin.on('error', () => {});
  host.stdin.end(JSON.stringify(request));
  const said = await new Promise<string>((resolve) => {
    let text = '';
    host.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('\n')) resolve(text);
    });
    host.on('close', () => resolve(text));
    host.on('error', () => resolve(text));
  });
  host.stdout.destroy();
  host.unref();
  const reply = parseReply(said);
  if (!reply.ok) throw fromFailure(reply.error);
  return reply.value;
}

function parseReply(said: string): HostReply {
  try {
    return JSON.parse(said) as HostReply;
  } catch {
    return { ok: false, error: toFailure(new Error('the process for the command said nothing')) };
  }
}

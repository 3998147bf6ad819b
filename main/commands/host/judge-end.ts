import type { CommandEnd } from '../../store/commands.ts';
import type { ExitRecord } from '../job-files.ts';

export type KnownEnd = {
  /** Null: nobody was left to write it down. */
  exit: ExitRecord | null;
  /** Why it was to stop, when it was asked to. */
  stopReason: string | null;
  /** The machine was started anew since the command began. */
  restarted: boolean;
  /** The command had begun at all. */
  begun: boolean;
  traceback: string | null;
};

type Verdict = Pick<CommandEnd, 'status' | 'reason' | 'code'>;

/** The state of a run whose command has ended, for every way to end. */
export function judgeEnd(known: KnownEnd): CommandEnd {
  const { exit, traceback } = known;
  return {
    ...verdictOn(known),
    endedAt: exit?.endedAt ?? null,
    record: { exitCode: exit?.code ?? null, signal: exit?.signal ?? null, traceback },
  };
}

function verdictOn({ exit, stopReason, restarted, begun, traceback }: KnownEnd): Verdict {
  if (exit?.error != null) {
    return { status: 'failed', code: 'COMMAND_NOT_FOUND', reason: `The command could not be started (${exit.error}).` };
  }
  if (exit === null || !exit.witnessed) {
    if (restarted) return killed('The machine was restarted while the command ran.');
    if (stopReason !== null) return { status: 'stopped', code: null, reason: stopReason };
    if (!begun) return killed('Wardbook was ended before the command had begun.');
    return killed('The command was ended together with the Wardbook process that would have known how.');
  }
  if (stopReason !== null) return { status: 'stopped', code: null, reason: stopReason };
  if (exit.code === 0) return { status: 'finished', code: null, reason: null };
  if (exit.memoryKill && (exit.signal === 'SIGKILL' || exit.code === 137)) {
    return {
      status: 'failed',
      code: 'OUT_OF_MEMORY',
      reason: 'The system ran out of memory and ended the command; close other programs or let it use less.',
    };
  }
  if (exit.signal !== null) return killed(signalReason(exit.signal));
  const last = traceback?.trimEnd().split('\n').at(-1)?.trim().slice(0, 300);
  const why = last === undefined || last === '' ? '; what it printed is in the log.' : `: ${last}`;
  return { status: 'failed', code: 'COMMAND_FAILED', reason: `The command ended with status ${exit.code}${why}` };
}

const killed = (reason: string): Verdict => ({ status: 'crashed', code: 'COMMAND_KILLED', reason });

function signalReason(signal: string): string {
  if (signal === 'SIGKILL') {
    return 'The command was killed from outside (SIGKILL), by a person or by the system for want of memory.';
  }
  if (['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'].includes(signal)) {
    return `The command was ended from outside (${signal}), not by Wardbook.`;
  }
  return `The command crashed (${signal}); what it printed is in the log.`;
}

import { totalmem } from 'node:os';
import { type ChildExit, startChild } from '../platform/child.ts';
import { killedForMemory, oomKills } from './oom.ts';
import { type FromTrainer, fromTrainer, type ToTrainer } from './protocol.ts';

/** How a trainer ended, as the run will say it. */
export type TrainerEnd = {
  status: 'finished' | 'failed' | 'stopped' | 'crashed';
  reason: string | null;
  result: Extract<FromTrainer, { type: 'finished' }>['result'] | null;
};

export type TrainerHandle = {
  pid: number | undefined;
  /** Asks it to stop and ends it after a grace of three seconds. */
  stop(reason: string): void;
  /** Ends it at once; the run fails with this reason. */
  fail(reason: string): void;
  ended: Promise<TrainerEnd>;
};

export type TrainerOptions = {
  entry: URL;
  begin: ToTrainer;
  onMessage(message: FromTrainer): void;
  onText(text: string): void;
};

const STOP_GRACE_MS = 3_000;
/** Seconds without a sign of life before a trainer is ended; counted by our own clock's ticks, so a suspended machine is no silence. */
const SILENT_TICKS = 7;
/** Limit of V8's heap; typed arrays, where data and models lie, are outside it. */
const HEAP_MIB = Math.max(512, Math.min(4096, Math.round(totalmem() / 2 ** 20 / 4)));
/** More of a child's own words than this is noise. */
const MOST_TEXT = 64 * 1024;

/** Runs one trainer child to its end and says how it ended; a trainer that breaks takes nothing else down. */
export function runTrainer(options: TrainerOptions): TrainerHandle {
  const { promise: ended, resolve } = Promise.withResolvers<TrainerEnd>();
  let verdict: TrainerEnd | null = null;
  let stopReason: string | null = null;
  let silentTicks = 0;
  let text = '';
  const killsBefore = oomKills();

  const decide = (end: TrainerEnd): void => {
    verdict ??= end;
  };
  const child = startChild(options.entry, {
    name: 'Wardbook trainer',
    execArgv: [`--max-old-space-size=${HEAP_MIB}`],
    onMessage(raw) {
      silentTicks = 0;
      const parsed = fromTrainer.safeParse(raw);
      if (!parsed.success) {
        decide({
          status: 'crashed',
          reason: 'The trainer said something that the app does not understand and was ended.',
          result: null,
        });
        child.kill('SIGKILL');
        return;
      }
      const message = parsed.data;
      if (message.type === 'finished') decide({ status: 'finished', reason: null, result: message.result });
      else if (message.type === 'failed') decide({ status: 'failed', reason: message.failure.message, result: null });
      else if (message.type === 'stopped') decide({ status: 'stopped', reason: stopReason, result: null });
      else options.onMessage(message);
    },
    onOutput(output) {
      silentTicks = 0;
      const words = output.replaceAll('\0', '');
      if (words === '' || text.length > MOST_TEXT) return;
      text += words;
      options.onText(words);
    },
    onExit(exit) {
      clearInterval(ticking);
      resolve(verdict ?? unforeseen(exit, { stopReason, text, killsBefore }));
    },
  });
  const ticking = setInterval(() => {
    silentTicks++;
    if (silentTicks < SILENT_TICKS) return;
    decide({
      status: 'crashed',
      reason: `The trainer gave no sign of life for ${SILENT_TICKS} seconds and was ended.`,
      result: null,
    });
    child.kill('SIGKILL');
  }, 1_000);
  child.send(options.begin);
  return {
    pid: child.pid,
    ended,
    stop(reason) {
      if (stopReason !== null) return;
      stopReason = reason;
      child.send({ type: 'stop' } satisfies ToTrainer);
      setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS).unref();
    },
    fail(reason) {
      decide({ status: 'failed', reason, result: null });
      child.kill('SIGKILL');
    },
  };
}

function unforeseen(
  { code, signal }: ChildExit,
  known: { stopReason: string | null; text: string; killsBefore: number | null },
): TrainerEnd {
  if (known.stopReason !== null) return { status: 'stopped', reason: known.stopReason, result: null };
  const crashed = (reason: string): TrainerEnd => ({ status: 'crashed', reason, result: null });
  if (/heap out of memory|heap limit/i.test(known.text)) {
    return {
      status: 'failed',
      reason: `The trainer ran out of memory (its limit is ${HEAP_MIB} MiB of objects); train on fewer columns or rows.`,
      result: null,
    };
  }
  if (signal === 'SIGKILL' || code === 137) {
    return killedForMemory(known.killsBefore)
      ? {
          status: 'failed',
          reason: 'The system ran out of memory and ended the trainer; close other programs or train on less data.',
          result: null,
        }
      : crashed('The trainer was killed from outside (SIGKILL), by a person or by the system for want of memory.');
  }
  if (signal !== null) return crashed(`The trainer crashed (${signal}); what it printed is in the log.`);
  if (code === null) return crashed('The trainer could not be started; the log has what the system said.');
  return crashed(`The trainer ended without a result (status ${code}); what it printed is in the log.`);
}

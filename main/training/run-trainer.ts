import { totalmem } from 'node:os';
import type { ErrorCode } from '../../shared/errors.ts';
import { type ChildExit, startChild } from '../platform/child.ts';
import { killedForMemory, oomKills } from '../platform/oom.ts';
import { type FromTrainer, fromTrainer, type ToTrainer } from './protocol.ts';

/** How a trainer ended, as the run will say it. */
export type TrainerEnd = {
  status: 'finished' | 'failed' | 'stopped' | 'crashed';
  reason: string | null;
  /** For programs; null unless it failed or crashed. */
  code: ErrorCode | null;
  result: Extract<FromTrainer, { type: 'finished' }>['result'] | null;
};

export type TrainerListener = { onMessage(message: FromTrainer): void; onText(text: string): void };

/** A trainer child that is up, or on its way, and waits for its run. */
export type Trainer = {
  pid: number | undefined;
  run(begin: ToTrainer, listener: TrainerListener): Promise<TrainerEnd>;
  /** Asks it to stop and ends it after a grace of three seconds. */
  stop(reason: string): void;
  /** Ends it at once; the run fails with this reason. */
  fail(code: ErrorCode, reason: string): void;
  /** Ends one that got no run. */
  discard(): void;
};

const STOP_GRACE_MS = 3_000;
/** Seconds without a sign of life before a trainer is ended; counted by our own clock's ticks, so a suspended machine is no silence. */
const SILENT_TICKS = 7;
/** Limit of V8's heap; typed arrays, where data and models lie, are outside it. */
const HEAP_MIB = Math.max(512, Math.min(2048, Math.round(totalmem() / 2 ** 20 / 4)));
/** More of a child's own words than this is noise. */
const MOST_TEXT = 64 * 1024;

/** Starts one trainer child; a trainer that breaks takes nothing else down, its run says how it ended. */
export function startTrainer(entry: URL): Trainer {
  const ended = Promise.withResolvers<TrainerEnd>();
  let listener: TrainerListener | null = null;
  let verdict: TrainerEnd | null = null;
  let stopReason: string | null = null;
  let silentTicks = 0;
  let ticking: NodeJS.Timeout | undefined;
  let text = '';
  const killsBefore = oomKills();

  const endNow = (end: TrainerEnd): void => {
    verdict ??= end;
    child.kill('SIGKILL');
  };
  const child = startChild(entry, {
    name: 'Wardbook trainer',
    execArgv: [`--max-old-space-size=${HEAP_MIB}`],
    onMessage(raw) {
      silentTicks = 0;
      const parsed = fromTrainer.safeParse(raw);
      if (!parsed.success) {
        endNow(
          crashed('TRAINER_CRASHED', 'The trainer said something that the app does not understand and was ended.'),
        );
        return;
      }
      const message = parsed.data;
      if (message.type === 'finished')
        verdict ??= { status: 'finished', reason: null, code: null, result: message.result };
      else if (message.type === 'failed') verdict ??= failed(message.failure.code, message.failure.message);
      else if (message.type === 'stopped') verdict ??= stopped(stopReason);
      else listener?.onMessage(message);
    },
    onOutput(output) {
      silentTicks = 0;
      const words = output.replaceAll('\0', '');
      if (words === '' || text.length > MOST_TEXT) return;
      text += words;
      listener?.onText(words);
    },
    onExit(exit) {
      clearInterval(ticking);
      ended.resolve(verdict ?? unforeseen(exit, { stopReason, text, killsBefore }));
    },
  });
  return {
    pid: child.pid,
    run(begin, to) {
      listener = to;
      if (text !== '') to.onText(text);
      ticking = setInterval(() => {
        silentTicks++;
        if (silentTicks < SILENT_TICKS) return;
        endNow(
          crashed('TRAINER_SILENT', `The trainer gave no sign of life for ${SILENT_TICKS} seconds and was ended.`),
        );
      }, 1_000);
      // One that has ended already ticks no more.
      void ended.promise.then(() => clearInterval(ticking));
      child.send(begin);
      return ended.promise;
    },
    stop(reason) {
      if (stopReason !== null) return;
      stopReason = reason;
      child.send({ type: 'stop' } satisfies ToTrainer);
      setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS).unref();
    },
    fail: (code, reason) => endNow(failed(code, reason)),
    discard: () => child.kill('SIGKILL'),
  };
}

const crashed = (code: ErrorCode, reason: string): TrainerEnd => ({ status: 'crashed', reason, code, result: null });
const failed = (code: ErrorCode, reason: string): TrainerEnd => ({ status: 'failed', reason, code, result: null });
export const stopped = (reason: string | null): TrainerEnd => ({ status: 'stopped', reason, code: null, result: null });

function unforeseen(
  { code, signal }: ChildExit,
  known: { stopReason: string | null; text: string; killsBefore: number | null },
): TrainerEnd {
  if (known.stopReason !== null) return stopped(known.stopReason);
  if (/heap out of memory|heap limit/i.test(known.text)) {
    return failed(
      'OUT_OF_MEMORY',
      `The trainer ran out of memory (its limit is ${HEAP_MIB} MiB of objects); train on fewer columns or rows.`,
    );
  }
  if (signal === 'SIGKILL' || code === 137) {
    return killedForMemory(known.killsBefore)
      ? failed(
          'OUT_OF_MEMORY',
          'The system ran out of memory and ended the trainer; close other programs or train on less data.',
        )
      : crashed(
          'TRAINER_CRASHED',
          'The trainer was killed from outside (SIGKILL), by a person or by the system for want of memory.',
        );
  }
  if (signal !== null)
    return crashed('TRAINER_CRASHED', `The trainer crashed (${signal}); what it printed is in the log.`);
  if (code === null)
    return crashed('TRAINER_CRASHED', 'The trainer could not be started; the log has what the system said.');
  return crashed(
    'TRAINER_CRASHED',
    `The trainer ended without a result (status ${code}); what it printed is in the log.`,
  );
}

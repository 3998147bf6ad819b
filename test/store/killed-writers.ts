import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BatchPart, splitBatch } from '../../main/store/metrics/batch.ts';
import { readManySeries } from '../../main/store/metrics/read.ts';
import type { ReadableDb } from '../../main/store/open.ts';
import { openVaultForReading } from '../../main/store/open-vault.ts';
import { keyOf, readAcks, seriesCount, valueAt, writersAtMost } from './append-plan.ts';
import { makeRun, openTestVault } from './vault-fixture.ts';

const childFile = join(import.meta.dirname, 'append-child.ts');
const ackFile = (dir: string, writer: number): string => join(dir, `acks-${writer}.txt`);

/** A vault with one run for the writers to share. */
export function prepareVault(dir: string): string {
  const vault = openTestVault(dir);
  const run = makeRun(vault);
  vault.close();
  return run;
}

export type Writer = { kill(): Promise<void> };

/** Starts a writer and waits for its first acknowledged call. Killing one that has ended by itself is an error. */
export function startWriter(dir: string, run: string, writer: number, pace: 'paced' | 'fast'): Promise<Writer> {
  const child = fork(childFile, [dir, run, String(writer), ackFile(dir, writer), pace], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.on('data', (text) => {
    errors += text;
  });
  const ended = new Promise<string | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit ${code}: ${errors}`));
  });
  const kill = async () => {
    child.kill('SIGKILL');
    const how = await ended;
    if (how !== 'SIGKILL') throw new Error(`writer ${writer} ended by itself with ${how}`);
  };
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve({ kill }));
    ended.then((how) => reject(new Error(`writer ${writer} never wrote: ${how}`)));
  });
}

/** Kills one writer after the other with SIGKILL, each at some moment of its first 300 ms of work. */
export async function killRepeatedly(dir: string, run: string, kills: number, random: () => number): Promise<void> {
  for (let writer = 0; writer < kills; writer++) {
    const child = await startWriter(dir, run, writer, 'fast');
    await sleep(random() * 300);
    await child.kill();
  }
}

/** Eight writers at a time for some seconds, one of them killed and replaced every second; returns how many there were. */
export async function killOneEverySecond(
  dir: string,
  run: string,
  seconds: number,
  random: () => number,
): Promise<number> {
  const starting = Array.from({ length: 8 }, (_, writer) => startWriter(dir, run, writer, 'paced'));
  const writers = await Promise.all(starting);
  let started = writers.length;
  for (let second = 0; second < seconds; second++) {
    await sleep(1_000);
    const victim = Math.floor(random() * writers.length);
    await writers[victim]!.kill();
    writers[victim] = await startWriter(dir, run, started++, 'paced');
  }
  await Promise.all(writers.map((writer) => writer.kill()));
  return started;
}

const noSeries = { steps: new Float64Array(0), values: new Float64Array(0), times: new Float64Array(0) };

export type Verdict = {
  acknowledged: number;
  stored: number;
  lost: number;
  changed: number;
  twice: number;
  miscounted: number;
  integrity: string;
};

/** Holds the store against what the writers were told. A point may be stored that nobody was told of, never the reverse. */
export function judge(dir: string, run: string, writers: number): Verdict {
  const vault = openVaultForReading(dir);
  try {
    const wanted = Array.from({ length: seriesCount }, (_, series) => ({ run, key: keyOf(series) }));
    // A writer killed early has not come to every series.
    const stored = readManySeries(vault.db, wanted, Number.POSITIVE_INFINITY).map((one) => one ?? noSeries);
    const stepSets = stored.map((one) => new Set(one.steps));
    let changed = 0;
    for (const { steps, values, times } of stored) {
      for (let i = 0; i < steps.length; i++) {
        if (!Object.is(values[i], valueAt(steps[i]!)) || times[i] !== 1_760_000_000_000 + steps[i]!) changed += 1;
      }
    }
    let acknowledged = 0;
    let lost = 0;
    for (let writer = 0; writer < writers; writer++) {
      const file = ackFile(dir, writer);
      for (const { series, first, count } of existsSync(file) ? readAcks(readFileSync(file, 'utf8')) : []) {
        acknowledged += count;
        for (let i = first; i < first + count; i++) if (!stepSets[series]!.has(i * writersAtMost + writer)) lost += 1;
      }
    }
    const count = stored.reduce((sum, one) => sum + one.steps.length, 0);
    const written = vault.db.prepare('SELECT sum(count) AS n FROM latest').get() as { n: number };
    const [check] = vault.db.pragma('integrity_check') as { integrity_check: string }[];
    return {
      acknowledged,
      stored: count,
      lost,
      changed,
      twice: rawPoints(vault.db) - count,
      miscounted: written.n - count,
      integrity: check!.integrity_check,
    };
  } finally {
    vault.close();
  }
}

/** Points as they lie in chunks and journal, before steps written twice are merged. */
function rawPoints(db: ReadableDb): number {
  const parts = new Map<number, BatchPart[]>();
  for (const { id, data } of db.prepare('SELECT id, data FROM journal').iterate() as IterableIterator<JournalRow>) {
    splitBatch(data, id, null, parts);
  }
  const journal = [...parts.values()].flat().reduce((sum, part) => sum + part.count, 0);
  return journal + (db.prepare('SELECT coalesce(sum(count), 0) AS n FROM chunk').get() as { n: number }).n;
}

type JournalRow = { id: number; data: Uint8Array };

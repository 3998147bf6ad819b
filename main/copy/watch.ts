import type { CopyProgress } from '../../shared/contract/copy.ts';
import { AppError } from '../../shared/errors.ts';

/**
 * How far a copy is and whether it shall end: memory that the thread which copies shares with the one that asks, so that neither
 * waits for the other. Whole numbers in this order.
 */
export type CopyWatch = SharedArrayBuffer;

const fields = ['runsDone', 'runs', 'bytesDone', 'bytes', 'stop'] as const;
const at = (field: (typeof fields)[number]): number => fields.indexOf(field);

export const newWatch = (): CopyWatch => new SharedArrayBuffer(fields.length * BigInt64Array.BYTES_PER_ELEMENT);

/** What is to be copied, once that is known. */
export function setTotals(watch: CopyWatch | undefined, totals: Pick<CopyProgress, 'runs' | 'bytes'>): void {
  if (watch === undefined) return;
  const cells = new BigInt64Array(watch);
  Atomics.store(cells, at('runs'), BigInt(totals.runs));
  Atomics.store(cells, at('bytes'), BigInt(totals.bytes));
}

export function addDone(watch: CopyWatch | undefined, done: { runs?: number; bytes?: number }): void {
  if (watch === undefined) return;
  const cells = new BigInt64Array(watch);
  Atomics.add(cells, at('runsDone'), BigInt(done.runs ?? 0));
  Atomics.add(cells, at('bytesDone'), BigInt(done.bytes ?? 0));
}

export function readProgress(watch: CopyWatch): CopyProgress {
  const cells = new BigInt64Array(watch);
  const value = (field: (typeof fields)[number]): number => Number(Atomics.load(cells, at(field)));
  return { runsDone: value('runsDone'), runs: value('runs'), bytesDone: value('bytesDone'), bytes: value('bytes') };
}

export const stopCopy = (watch: CopyWatch): void => void Atomics.store(new BigInt64Array(watch), at('stop'), 1n);

/** Throws CANCELLED once the copy shall end; `left` says what stays where it went. */
export function demandWanted(watch: CopyWatch | undefined, left: string): void {
  if (watch === undefined || Atomics.load(new BigInt64Array(watch), at('stop')) === 0n) return;
  throw new AppError('CANCELLED', `The copy was cancelled. ${left}`);
}

import { closeSync, openSync, writeSync } from 'node:fs';
import { listStepRecords, readStepRecords } from '../store/imports/step-records.ts';
import type { ReadableVault } from '../store/vault.ts';
import { jsonReady } from './json-ready.ts';

const atOnce = 100;

/**
 * Histograms, precision-recall curves, texts and images of a run by step, a line of JSON each (0600): kind, key, step, time in ms,
 * data. False, and no file, when the run has none.
 */
export function writeStepRecords({ db }: ReadableVault, run: string, file: string): boolean {
  const groups = listStepRecords(db, run);
  if (groups.length === 0) return false;
  const out = openSync(file, 'wx', 0o600);
  try {
    for (const { kind, key, count } of groups) {
      for (let from = 0; from < count; from += atOnce) {
        const lines = readStepRecords(db, run, kind, key, from, atOnce).map((one) => JSON.stringify(one, jsonReady));
        writeSync(out, `${lines.join('\n')}\n`);
      }
    }
  } finally {
    closeSync(out);
  }
  return true;
}

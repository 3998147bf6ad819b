import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMetric } from '../../main/importers/mlflow/parse-metric.ts';
import { numberOf, parseMeta, plainMeta, textOf } from '../../main/importers/mlruns/meta.ts';
import { seededRandom } from '../store/vault-fixture.ts';
import { mutate } from './mutate.ts';

const mlruns = join(import.meta.dirname, 'fixtures', 'mlflow', '3.0.1', 'mlruns');

/** The texts of every `meta.yaml`, or of every metric file, of a real store. */
function seeds(what: 'meta' | 'metric'): string[] {
  return readdirSync(mlruns, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => (what === 'meta' ? path.endsWith('meta.yaml') : path.includes('/metrics/')))
    .map((path) => readFileSync(path, 'latin1'));
}

/**
 * Reads `count` mutated files and returns how many were refused, and the longest that one took (ms). Throws when a parser throws,
 * or gives something that the store could not keep.
 */
export function fuzzMlflow(
  what: 'meta' | 'metric',
  count: number,
  seed: number,
): { refused: number; slowestMs: number } {
  const random = seededRandom(seed);
  const texts = seeds(what);
  let refused = 0;
  let slowestMs = 0;
  for (let round = 0; round < count; round++) {
    const text = mutate(texts[round % texts.length]!, random);
    const started = performance.now();
    if (what === 'meta' ? readMeta(text) : readMetric(text)) refused += 1;
    slowestMs = Math.max(slowestMs, performance.now() - started);
  }
  return { refused, slowestMs };
}

function readMeta(text: string): boolean {
  const read = parseMeta(text);
  if ('problem' in read) return true;
  for (const value of Object.values(read.meta)) {
    textOf(value);
    const number = numberOf(value);
    if (number !== null && !Number.isSafeInteger(number)) throw new Error('a number that is not exact');
  }
  JSON.stringify(plainMeta(read.meta));
  if (({} as Record<string, unknown>)['a'] !== undefined) throw new Error('a key reached the prototype of all objects');
  return false;
}

function readMetric(text: string): boolean {
  const { series, bad } = parseMetric(text);
  const { steps, values, times } = series;
  if (steps.length !== values.length || steps.length !== times.length) throw new Error('columns of different length');
  for (const column of [steps, times])
    if (!column.every(Number.isSafeInteger)) throw new Error('a step or time that is not exact');
  return bad > 0;
}

import type { RunDetail } from '../../../shared/model/run.ts';
import { readEveryPoint } from '../../store/metrics/read.ts';
import type { ReadableVault } from '../../store/vault.ts';
import type { Json, MlflowApi } from './mlflow-api.ts';
import { keyProblem } from './names.ts';

type Integer = number | bigint;
type Point = { key: string; value: number; timestamp: Integer; step: Integer };

/** As many as one `log-batch` takes. */
const batchSize = 1_000;

/**
 * Every point of every series, and each estimate as a point of step 0 where it is no series. With `again` those that the server
 * has already are asked for first and not sent twice: its file store would keep both. Returns how many were sent.
 */
export async function replayMetrics(
  vault: ReadableVault,
  api: MlflowApi,
  there: string,
  run: RunDetail,
  again: boolean,
  skipped: string[],
): Promise<number> {
  let sent = 0;
  for (const key of new Set([...run.seriesKeys, ...Object.keys(run.estimates)])) {
    const problem = keyProblem(key);
    if (problem !== null) {
      skipped.push(`${run.id}: metric ${key}: ${problem}`);
      continue;
    }
    const all = pointsOf(vault, run, key);
    const known = again ? await knownPoints(api, there, key) : new Set<string>();
    const missing = all.filter(
      ({ value, timestamp, step }) => !known.has(nameOf(value, String(timestamp), String(step))),
    );
    for (let from = 0; from < missing.length; from += batchSize) {
      const metrics = missing.slice(from, from + batchSize).map(({ value, timestamp, step }) => ({
        key,
        value: numberOnWire(value),
        timestamp: integerOnWire(timestamp),
        step: integerOnWire(step),
      }));
      await api.post('runs/log-batch', { run_id: there, metrics });
    }
    sent += missing.length;
  }
  return sent;
}

function pointsOf({ db }: ReadableVault, run: RunDetail, key: string): Point[] {
  if (!run.seriesKeys.includes(key)) {
    const { value } = run.estimates[key]!;
    const timestamp = run.endedAt ?? run.createdAt;
    return value === null ? [] : [{ key, value, timestamp, step: 0 }];
  }
  const { points, exact } = readEveryPoint(db, { run: run.id, key })!;
  const { steps, values, times } = points;
  return [
    ...Array.from(steps, (step, at) => ({ key, value: values[at]!, timestamp: Math.max(0, times[at]!), step })),
    ...exact.map(({ step, time, value }) => ({ key, value, timestamp: time < 0n ? 0 : time, step })),
  ];
}

/** Protobuf's JSON has names for what JSON has no numbers for. */
export const numberOnWire = (value: number): number | string => (Number.isFinite(value) ? value : String(value));
/** And takes whole numbers as texts, where a double would round them. */
export const integerOnWire = (value: Integer): number | string => (typeof value === 'bigint' ? String(value) : value);

async function knownPoints(api: MlflowApi, run: string, key: string): Promise<Set<string>> {
  const known = new Set<string>();
  for (let token = ''; ; ) {
    const page = await api.get('metrics/get-history', {
      run_id: run,
      metric_key: key,
      max_results: '25000',
      ...(token === '' ? {} : { page_token: token }),
    });
    for (const point of (page['metrics'] as Json[] | undefined) ?? []) {
      const { value, timestamp, step } = point;
      known.add(nameOf(backFromWire(value), String(timestamp), String(step ?? 0)));
    }
    token = String(page['next_page_token'] ?? '');
    if (token === '') return known;
  }
}

/** Its SQL store gives the largest double for an infinity, and leaves out a zero. */
function backFromWire(value: unknown): number {
  const number = value === undefined ? 0 : Number(value);
  return Math.abs(number) === Number.MAX_VALUE ? Math.sign(number) * Number.POSITIVE_INFINITY : number;
}

/** −0 and 0 are one number there. */
const nameOf = (value: number, timestamp: string, step: string): string =>
  `${step} ${timestamp} ${value === 0 ? 0 : value}`;

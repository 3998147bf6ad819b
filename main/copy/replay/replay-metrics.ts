import type { RunDetail } from '../../../shared/model/run.ts';
import { readWholeSeries } from '../../store/metrics/read.ts';
import type { ReadableVault } from '../../store/vault.ts';
import type { Json, MlflowApi } from './mlflow-api.ts';
import { keyProblem } from './names.ts';

type Point = { key: string; value: number; timestamp: number; step: number };

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
    const missing = all.filter((point) => !known.has(nameOf(point)));
    for (let from = 0; from < missing.length; from += batchSize) {
      const metrics = missing
        .slice(from, from + batchSize)
        .map((point) => ({ ...point, value: onTheWire(point.value) }));
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
  const { steps, values, times } = readWholeSeries(db, run.id, key);
  return Array.from(steps, (step, at) => ({ key, value: values[at]!, timestamp: Math.max(0, times[at]!), step }));
}

/** Protobuf's JSON has names for what JSON has no numbers for. */
const onTheWire = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

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
      known.add(nameOf({ key, value: backFromWire(value), timestamp: Number(timestamp), step: Number(step ?? 0) }));
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
const nameOf = ({ value, timestamp, step }: Point): string => `${step} ${timestamp} ${value === 0 ? 0 : value}`;

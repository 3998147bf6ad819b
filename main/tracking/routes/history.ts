import type { History } from '../../store/tracking/history.ts';
import { intWithin, missingValue, optionalInt64, optionalText, requiredText, textList } from '../fields.ts';
import { createHistoryCache } from '../history-cache.ts';
import { runIdOf, runOf } from '../ids.ts';
import { inTurns } from '../in-turns.ts';
import { doubleJson, jsonText } from '../json-out.ts';
import { invalid } from '../mlflow-error.ts';
import { readToken, writeToken } from '../page-token.ts';
import type { Input, Route } from '../route.ts';
import { sampleSteps } from '../search/sample-steps.ts';

const history = createHistoryCache();
const mostPoints = 1_000_000;
/** Some twenty milliseconds of work, and what the real client asks for at once. */
const pointsAtOnce = 25_000;

/** Points of metrics. */
export const historyRoutes: Route[] = [
  {
    method: 'GET',
    path: 'mlflow/metrics/get-history',
    async handle({ vault }, input) {
      const run = runOf(vault.db, runIdOf(input)).id;
      const key = requiredText(input, 'metric_key');
      const start = readToken(optionalText(input, 'page_token'), 'history');
      const all = history(vault.db, run, key);
      // A caller that names no limit wants everything.
      const end = Math.min(all.count, start + intWithin(input, 'max_results', 1, mostPoints, all.count || 1));
      const next = end < all.count ? `,"next_page_token":${JSON.stringify(writeToken(end, 'history'))}` : '';
      const named = JSON.stringify(key);
      const points = await inTurns(vault.db, end - start, pointsAtOnce, (from, to) =>
        pointsJson(named, all, start + from, start + to),
      );
      return jsonText(`{"metrics":[${points}]${next}}`);
    },
  },
  {
    method: 'GET',
    path: 'mlflow/metrics/get-history-bulk',
    handle({ vault }, input) {
      const key = requiredText(input, 'metric_key');
      const limit = intWithin(input, 'max_results', 1, mostBulkPoints, mostBulkPoints);
      const parts: string[] = [];
      let left = limit;
      for (const id of runsOf(input).toSorted()) {
        const found = history(vault.db, runOf(vault.db, id).id, key);
        const part = selectedPoints(key, found, allOf(Math.min(left, found.count)), id);
        if (part !== '') parts.push(part);
        left -= Math.min(left, found.count);
      }
      return jsonText(`{"metrics":[${parts.join(',')}]}`);
    },
  },
  {
    method: 'GET',
    path: 'mlflow/metrics/get-history-bulk-interval',
    handle({ vault }, input) {
      const key = requiredText(input, 'metric_key');
      const limit = intWithin(input, 'max_results', 1, mostIntervalPoints, 320);
      const low = optionalInt64(input, 'start_step') ?? Number.NEGATIVE_INFINITY;
      const high = optionalInt64(input, 'end_step') ?? Number.POSITIVE_INFINITY;
      if ((input['start_step'] === undefined) !== (input['end_step'] === undefined) || low > high) {
        throw invalid("'start_step' and 'end_step' are given together, the first not larger than the second.");
      }
      const runs = runsOf(input).map((id) => ({ id, found: history(vault.db, runOf(vault.db, id).id, key) }));
      const chosen = sampleSteps(
        runs.map(({ found }) => Array.from(found.steps).filter((step) => step >= low && step <= high)),
        limit,
      );
      const parts = runs.map(({ id, found }) => selectedPoints(key, found, atSteps(found, chosen), id));
      return jsonText(`{"metrics":[${parts.filter((part) => part !== '').join(',')}]}`);
    },
  },
];

const mostRuns = 100;
const mostBulkPoints = 25_000;
const mostIntervalPoints = 2_500;

function runsOf(input: Input): string[] {
  // Older clients repeat run_id instead.
  const named = textList(input, 'run_ids');
  const ids = named.length > 0 ? named : textList(input, 'run_id');
  if (ids.length === 0) throw missingValue('run_ids');
  if (ids.length > mostRuns) throw invalid(`At most ${mostRuns} runs can be asked for at once, not ${ids.length}.`);
  return ids;
}

const allOf = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Places of the points at these steps, by step, then time, then value: a history is by time first. */
function atSteps({ count, steps }: History, chosen: Set<number | bigint>): number[] {
  return allOf(count)
    .filter((index) => chosen.has(steps[index]!))
    .sort((a, b) => (steps[a]! < steps[b]! ? -1 : steps[a]! > steps[b]! ? 1 : a - b));
}

function selectedPoints(key: string, { steps, times, values }: History, places: number[], run: string): string {
  const named = JSON.stringify(key);
  return places.map((i) => pointJson(named, values[i]!, times[i]!, steps[i]!, `,"run_id":"${run}"`)).join(',');
}

/** Written by hand: a page is 25,000 points, all of one form. */
function pointsJson(key: string, { steps, times, values }: History, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) {
    text += `${i === start ? '' : ','}${pointJson(key, values[i]!, times[i]!, steps[i]!, '')}`;
  }
  return text;
}

function pointJson(key: string, value: number, time: number | bigint, step: number | bigint, more: string): string {
  const written = Number.isFinite(value) ? value : `"${doubleJson(value)}"`;
  return `{"key":${key},"value":${written},"timestamp":${time},"step":${step}${more}}`;
}

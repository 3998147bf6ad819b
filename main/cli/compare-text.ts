import type { CompareTest, Comparison } from '../../shared/contract/runs.ts';
import { interval, intervalDecimals, MISSING, signed } from '../../shared/format.ts';
import { runLetter } from '../../shared/model/run-letter.ts';
import { estimateText } from './estimate-text.ts';
import { jsonRun } from './json-run.ts';
import { textTable } from './text-table.ts';

const groups = ['params', 'data', 'code', 'environment', 'hardware'] as const;

/** One value for `--json`: the comparisons of the same runs in several metrics as one; `metrics` holds each run's estimates. */
export function compareJson(comparisons: Comparison[]) {
  const { runs, differs, hidden, compared, metrics } = comparisons[0]!;
  return {
    runs: runs.map((run) => ({ ...jsonRun(run) })),
    differs,
    hidden,
    compared,
    metrics: Object.fromEntries(
      metrics.map((key) => [key, Object.fromEntries(runs.map((run) => [run.id, heldOut(run, key) ?? null]))]),
    ),
    tests: comparisons.flatMap(({ tests }) => tests),
    captions: comparisons.map(({ caption }) => caption),
  };
}

/** The comparison for a person: a table of the runs, what differs, and each pair's test with its sentence. */
export function compareText(comparisons: Comparison[]): string {
  const { runs, differs, hidden, compared } = comparisons[0]!;
  const labels = new Map(runs.map((run, i) => [run.id, runLetter(i)]));
  const keys = [...new Set(comparisons.flatMap(({ tests }) => tests.map(({ metric }) => metric)))];
  const shown = keys.length === 0 ? ['auc', 'brier'] : keys;
  const parts = [
    textTable(
      ['', 'run', 'id', 'recipe', ...shown],
      runs.map((run) => [
        labels.get(run.id)!,
        run.name,
        run.id.slice(0, 8),
        run.recipe ?? '–',
        ...shown.map((key) => estimateText(heldOut(run, key))),
      ]),
    ),
  ];
  const rows = groups.flatMap((group) => differs[group].map(({ key, values }) => [group, key, ...values.map(cell)]));
  const count = `${rows.length} of ${compared} recorded values differ; ${hidden.length} hidden by rule (ids, labels, times, load)`;
  parts.push(rows.length === 0 ? count : `${count}\n${textTable(['', '', ...labels.values()], rows)}`);
  for (const { tests, caption } of comparisons) {
    if (tests.length === 0) continue;
    parts.push([...tests.map((test) => describeTest(test, labels)), ...(caption === '' ? [] : [caption])].join('\n'));
  }
  return parts.join('\n\n');
}

function describeTest(test: CompareTest, labels: Map<string, string>): string {
  const pair = `${labels.get(test.a)} minus ${labels.get(test.b)}, ${test.metric}`;
  return `${pair}: ${differenceText(test)}  ${test.verdict}\n  ${test.sentence}`;
}

/** `+0.019 [−0.008 to +0.046]`, digits set by the interval; an en dash without a difference. */
function differenceText({ difference, low, high }: CompareTest): string {
  if (difference === null) return MISSING;
  if (low === null || high === null) return signed(difference, 3);
  const digits = intervalDecimals(low, high) ?? 3;
  return `${signed(difference, digits)} ${interval(low, high, digits, true)}`;
}

function heldOut(run: Comparison['runs'][number], key: string) {
  return run.estimates[`test/${key}`] ?? run.estimates[`oof/${key}`];
}

const cell = (value: string | null): string => value ?? '–';

import type { CompareTest, Comparison } from '../../shared/contract/runs.ts';
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
  const labels = new Map(runs.map((run, i) => [run.id, letter(i)]));
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
  if (difference === null) return '–';
  if (low === null || high === null) return signed(difference, 3);
  const half = (high - low) / 2;
  const exponent = half > 0 ? Math.floor(Math.log10(half)) : -3;
  const digits = Math.min(6, Math.max(0, Math.floor(half / 10 ** exponent) <= 2 ? 1 - exponent : -exponent));
  return `${signed(difference, digits)} [${signed(low, digits)} to ${signed(high, digits)}]`;
}

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}

function heldOut(run: Comparison['runs'][number], key: string) {
  return run.estimates[`test/${key}`] ?? run.estimates[`oof/${key}`];
}

const cell = (value: string | null): string => value ?? '–';

function letter(position: number): string {
  const last = String.fromCharCode(65 + (position % 26));
  return position < 26 ? last : letter(Math.floor(position / 26) - 1) + last;
}

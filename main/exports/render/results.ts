import type { ExportMetric } from '../../../shared/model/export-dictionary.ts';
import type { ExportableReport, ExportableRun } from '../../../shared/model/exportable-run.ts';
import { type Child, type Element, h } from './element.ts';
import { changed, kept, metric, swatch } from './parts.ts';
import { fixed, metricLabel, partText } from './words.ts';

const errors: ExportMetric[] = ['rmse', 'mae', 'r2', 'spearman', 'calibration-slope'];
const scores: ExportMetric[] = ['auc', 'average-precision', 'brier', 'log-loss', 'calibration-slope'];
const decisions: ExportMetric[] = ['sensitivity', 'specificity', 'ppv', 'npv', 'f1', 'accuracy'];
const multiclassDecisions: ExportMetric[] = ['accuracy', 'balanced-accuracy', 'f1', 'mcc'];

/** A run with its place in the report, which gives it its colour. */
type Placed = { run: ExportableRun; index: number };

/** The comparison of all runs: how far predicted numbers are off; what scores are worth, then decisions at the threshold. */
export function resultTables({ runs }: ExportableReport): Element[] {
  const placed = runs.map((run, index) => ({ run, index }));
  const numbers = placed.filter(({ run }) => run.task === 'regression');
  const classes = placed.filter(({ run }) => run.task !== 'regression');
  return [
    h('h2', {}, 'Results on held-out persons'),
    ...(classes.length > 0 ? classTables(classes) : []),
    ...(numbers.length > 0 ? numberTables(numbers) : []),
  ];
}

function numberTables(placed: Placed[]): Element[] {
  const runs = placed.map(({ run }) => run);
  return [
    metricTable(placed, 'Family', errors, (run) => run.family ?? '–'),
    h(
      'p',
      { class: 'cap' },
      `${partsOf(runs)}${methodsOf(runs, errors)}RMSE and MAE are in the unit of the target, with two significant digits.`,
    ),
  ];
}

function classTables(placed: Placed[]): Element[] {
  const runs = placed.map(({ run }) => run);
  const binary = runs.every((run) => (run.evaluation?.classes.length ?? 2) <= 2);
  return [
    metricTable(placed, 'Family', scores, (run) => run.family ?? '–'),
    h('p', { class: 'cap' }, `${partsOf(runs)}${methodsOf(runs, scores)}Decimals are limited by rule S4.`),
    h('h3', {}, binary ? 'Decisions at the threshold' : 'Decisions by the largest probability'),
    metricTable(placed, 'Threshold', binary ? decisions : multiclassDecisions, thresholdOf),
    h(
      'p',
      { class: 'cap' },
      `${methodsOf(runs, binary ? decisions : multiclassDecisions)}A bound (≥, ≤) stands where fewer persons than the policy allows are behind a number: it holds for every count that the rule hides.`,
    ),
  ];
}

function metricTable(
  placed: Placed[],
  second: string,
  keys: ExportMetric[],
  fact: (run: ExportableRun) => Child,
): Element {
  return h(
    'table',
    { class: 'stack' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ['Run', second, ...keys.map(metricLabel)].map((label) => h('th', {}, label)),
      ),
    ),
    h(
      'tbody',
      {},
      placed.map(({ run, index }) =>
        h('tr', {}, [
          h('th', {}, swatch(index), run.label),
          h('td', {}, fact(run)),
          ...(run.evaluation !== null && run.evaluation.metrics.length > 0
            ? keys.map((key) => h('td', {}, metric(run.evaluation?.metrics.find((found) => found.key === key))))
            : [h('td', { colspan: keys.length }, emptyReason(run))]),
        ]),
      ),
    ),
  );
}

function emptyReason(run: ExportableRun): Child {
  if (run.evaluation === null) return h('span', { class: 't3' }, `no evaluation (run ${run.status})`);
  const { total } = run.evaluation;
  return typeof total === 'number' ? '–' : kept(total.suppressed);
}

function thresholdOf({ evaluation }: ExportableRun): Child {
  if (evaluation === null || evaluation.threshold === null) return '–';
  return changed('S4', fixed(evaluation.threshold, 2));
}

function partsOf(runs: ExportableRun[]): string {
  const parts = [...new Set(runs.flatMap((run) => (run.evaluation === null ? [] : [partText[run.evaluation.part]])))];
  return parts.length === 0 ? '' : `Computed on ${parts.join(' and ')}. `;
}

function methodsOf(runs: ExportableRun[], keys: ExportMetric[]): string {
  const methods = runs
    .flatMap((run) => run.evaluation?.metrics ?? [])
    .flatMap((found) =>
      keys.includes(found.key) && found.kind === 'value' && found.method !== null ? [found.method] : [],
    );
  return methods.length === 0 ? '' : `Intervals, 95 %, by ${[...new Set(methods)].join(', ')}. `;
}

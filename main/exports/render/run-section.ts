import type { ExportableRun, ReleasedEvaluation, ReleasedMatrix } from '../../../shared/model/exportable-run.ts';
import { type Child, type Element, h } from './element.ts';
import { changed, count, kept, pairs, swatch } from './parts.ts';
import { histogramFigure } from './svg-histogram.ts';
import { durationText, fixed, hardwareText, longDay, paramText, systemText } from './words.ts';

/** One run: facts, params, confusion matrix and the histogram of scores. */
export function runSection(run: ExportableRun, index: number): Element {
  return h(
    'section',
    { class: 'run' },
    h('h2', {}, swatch(index), `${run.label}${run.family === null ? '' : `, ${run.family}`}`),
    facts(run),
    run.evaluation === null || run.task === 'regression' ? null : evaluationOf(run.evaluation),
  );
}

function facts(run: ExportableRun): Element {
  const { code, environment } = run;
  const commit = code.commit === null ? [] : [', commit ', h('code', {}, code.commit.slice(0, 7))];
  return pairs(
    ['Dataset', run.dataset ?? '–'],
    ['Status', run.status],
    ['Evaluated', run.evaluation === null ? '–' : evaluatedText(run.evaluation)],
    ['Trained', `${run.day === null ? '–' : longDay(run.day)}, ${durationText(run.minutes)}`],
    ['Split', splitText(run), 'wide'],
    ['Params', run.params.map(paramText).join(', ') || '–', 'wide'],
    ['Code', [`Wardbook ${code.version ?? '–'}`, ...commit]],
    ['Engine', run.engine ?? '–'],
    ['Hardware', hardwareText(run), 'wide'],
    ['System', systemText(run)],
    ['Report id', h('code', {}, run.id)],
    ['Packages', environment.packages.map(({ name, version }) => `${name} ${version}`).join(', ') || '–', 'wide'],
  );
}

function splitText({ split }: ExportableRun): Child[] {
  if (split === null) return ['–'];
  if (split.kind === 'folds') return [`${split.folds ?? ''} folds by ${split.unit === 'subjects' ? 'person' : 'row'}`];
  return [
    count(split.train),
    ' / ',
    count(split.validation),
    ' / ',
    count(split.test),
    ` ${split.unit}, train / validation / test`,
  ];
}

function evaluatedText({ total, classes, unit }: ReleasedEvaluation): Child[] {
  if (classes.length !== 2) return [count(total), ` ${unit}`];
  return [count(total), ` ${unit}, `, count(classes[0]!), ' with event'];
}

function evaluationOf(evaluation: ReleasedEvaluation): Element {
  const { confusion, histogram, threshold, foldAuc } = evaluation;
  const at = threshold === null ? '' : ` at ${fixed(threshold, 2)}`;
  const rule = evaluation.thresholdRule === null ? '' : ` Threshold by ${evaluation.thresholdRule}.`;
  return h(
    'div',
    { class: 'figures' },
    h(
      'div',
      {},
      h('h3', {}, `Confusion matrix${at}`),
      'suppressed' in confusion ? kept(confusion.suppressed) : matrixTable(confusion),
      'suppressed' in confusion
        ? null
        : h(
            'p',
            { class: 'cap' },
            `Counts of ${evaluation.unit}, rounded to 5 (S2); totals are sums of the rounded counts.${rule}`,
          ),
      foldAuc === null ? null : foldText(foldAuc),
    ),
    h(
      'div',
      {},
      h('h3', {}, 'Scores per true class'),
      'suppressed' in histogram ? kept(histogram.suppressed) : histogramFigure(histogram),
      'suppressed' in histogram
        ? null
        : h('p', { class: 'cap' }, 'Binned for disclosure control (S8); areas are counts.'),
    ),
  );
}

function foldText(foldAuc: NonNullable<ReleasedEvaluation['foldAuc']>): Element {
  if ('suppressed' in foldAuc) return h('p', { class: 'cap' }, 'AUC per fold: ', kept(foldAuc.suppressed));
  const values = foldAuc.flatMap((value, i) => [i === 0 ? '' : ', ', changed('S4', fixed(value, 2))]);
  return h('p', { class: 'cap' }, 'AUC per fold: ', values);
}

function matrixTable({ cells, rowTotals, columnTotals, total }: ReleasedMatrix): Element {
  const names = cells.length === 2 ? ['positive', 'negative'] : cells.map((_, i) => `class ${i + 1}`);
  const cell = (value: number): Element => h('td', {}, count(value));
  return h(
    'table',
    { class: 'right' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', {}, 'truth'),
        names.map((name) => h('th', {}, `predicted ${name}`)),
        h('th', {}, 'total'),
      ),
    ),
    h(
      'tbody',
      {},
      cells.map((row, i) => h('tr', {}, h('td', {}, names[i]!), row.map(cell), cell(rowTotals[i]!))),
    ),
    h('tfoot', {}, h('tr', {}, h('td', {}, 'total'), columnTotals.map(cell), cell(total))),
  );
}

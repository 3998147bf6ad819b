import { describe, expect, it } from 'vitest';
import { filterProblem, highlight } from '../../renderer/features/runs/highlight.ts';
import { measuresOf } from '../../renderer/features/runs/measures.ts';
import {
  columnsFor,
  combined,
  defaultView,
  groupFilter,
  keyedField,
  readView,
} from '../../renderer/features/runs/view.ts';
import { parseFilter } from '../../shared/query/parse.ts';

describe('the filter field', () => {
  it('colours every character once, whatever is typed', () => {
    for (const text of [
      'metrics.auc > 0.8 and name like "%x%"',
      'name = "open',
      'a ) ( ! ~',
      '',
      '   ',
      'tags.`a b` is missing',
    ]) {
      expect(
        highlight(text, null)
          .map((segment) => segment.text)
          .join(''),
      ).toBe(text);
    }
  });
  it('tells fields, signs and values apart', () => {
    expect(
      highlight('metrics.auc > 0.8', null)
        .filter(({ text }) => text.trim() !== '')
        .map(({ text, kind }) => [text, kind]),
    ).toEqual([
      ['metrics.auc', 'key'],
      ['>', 'sign'],
      ['0.8', 'value'],
    ]);
  });
  it('underlines exactly the wrong part', () => {
    const text = 'status = "done" and name = "a"';
    const problem = filterProblem(text)!;
    expect(text.slice(problem.from, problem.to)).toBe('"done"');
    const wrong = highlight(text, problem).filter((segment) => segment.wrong);
    expect(wrong.map((segment) => segment.text).join('')).toBe('"done"');
  });
  it('finds nothing wrong with a filter that can be read', () => {
    expect(filterProblem('')).toBeNull();
    expect(filterProblem('started > -30d')).toBeNull();
  });
});

describe('views of the runs table', () => {
  it('a quick tab narrows the written filter without changing its meaning', () => {
    expect(combined(' name = "a" or name = "b" ', 'failed')).toMatch(/^\(name = "a" or name = "b"\) and \(/);
    expect(() => parseFilter(combined('', 'failed'))).not.toThrow();
    expect(combined('name = "a"', 'bin')).toBe('name = "a"');
  });
  it('a group is filtered by a literal of its field', () => {
    const filters = [
      groupFilter('', 'seed', '3'),
      groupFilter('', 'recipe', 'mlp'),
      groupFilter('name like "%a%" or seed = 1', 'params.hidden', '64, 32'),
      groupFilter('', 'params.l2', '0.003'),
      groupFilter('', 'tags.`a b`', ''),
      groupFilter('', 'name', '7'),
    ];
    expect(filters).toEqual([
      'seed = 3',
      'recipe = "mlp"',
      '(name like "%a%" or seed = 1) and params.hidden = "64, 32"',
      'params.l2 = 0.003',
      'tags.`a b` is missing',
      'name = "7"',
    ]);
    for (const filter of filters) expect(() => parseFilter(filter)).not.toThrow();
  });
  it('keys with other characters go in backticks', () => {
    expect(keyedField('params', 'lr')).toBe('params.lr');
    expect(keyedField('tags', 'a b')).toBe('tags.`a b`');
    expect(keyedField('metrics', 'test/auc')).toBe('metrics.test/auc');
  });
  it('a saved view comes back as it was, a damaged one as the default', () => {
    const view = { ...defaultView, filter: 'seed = 1', group: 'seed', columns: [{ id: 'name', width: 200 }] };
    expect(readView(JSON.stringify(view))).toEqual(view);
    expect(readView('{')).toEqual(defaultView);
    expect(readView('{"quick":"gone","columns":[{"id":3}]}')).toEqual(defaultView);
  });
});

describe('the best of each recipe', () => {
  it('ranks classes by AUC and numbers by R², each where a recipe has them', () => {
    const group = (...keys: string[]) => ({ metrics: Object.fromEntries(keys.map((key) => [key, {}])) });
    expect(measuresOf(group('oof/auc', 'oof/brier'))).toEqual(['auc']);
    expect(measuresOf(group('test/r2', 'test/rmse'))).toEqual(['r2']);
    expect(measuresOf(group('test/auc', 'oof/r2'))).toEqual(['auc', 'r2']);
    expect(measuresOf(group('train/loss', 'validation/auc'))).toEqual(['auc']);
  });
});

describe('columns that nobody has chosen', () => {
  const shown = (metrics: string[], columns = defaultView.columns) =>
    columnsFor(columns, metrics).flatMap(({ id }) => (id.startsWith('metrics.') ? [id] : []));
  it('are those of the runs there are: AUC and Brier score, R² and MAE, or AUC and R² where there are both', () => {
    expect(shown([])).toEqual(['metrics.auc', 'metrics.brier']);
    expect(shown(['train/loss', 'test/auc', 'test/brier'])).toEqual(['metrics.auc', 'metrics.brier']);
    expect(shown(['oof/r2', 'oof/mae', 'oof/rmse'])).toEqual(['metrics.r2', 'metrics.mae']);
    expect(shown(['oof/r2', 'oof/mae', 'test/auc'])).toEqual(['metrics.auc', 'metrics.r2']);
  });
  it('leave the table as wide as it was, and never replace a chosen one', () => {
    const widths = (columns: { width: number }[]) => columns.map(({ width }) => width);
    expect(widths(columnsFor(defaultView.columns, ['test/r2']))).toEqual(widths(defaultView.columns));
    expect(shown(['test/r2'], [{ id: 'metrics.brier', width: 90 }])).toEqual(['metrics.brier']);
  });
});

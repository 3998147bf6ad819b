import { describe, expect, test } from 'vitest';
import { foreignFigure, isPlotlyFigure } from '../../renderer/features/run/artifacts/foreign-figure.ts';
import { decodeText, kindOf, looksLikeText } from '../../renderer/features/run/artifacts/kind.ts';
import { parseDelimited, tableOfJson } from '../../renderer/features/run/artifacts/read-table.ts';
import { buildTree, openAtFirst, visibleRows } from '../../renderer/features/run/artifacts/tree.ts';
import type { FigureTheme } from '../../renderer/figures/figure.ts';

const file = (path: string, bytes: number) => ({ path, bytes, sha256: '0'.repeat(64) });
const theme = { series: [], surface: '#fff', font: 'Inter', size12: 12, text2: '#000' } as unknown as FigureTheme;

describe('the tree of artifacts', () => {
  const artifacts = [
    file('model/MLmodel', 100),
    file('model/data/a10.bin', 10),
    file('model/data/a9.bin', 20),
    file('b.txt', 1),
  ];
  test('has folders before files, numbers in their order, and the bytes below each folder', () => {
    const rows = visibleRows(buildTree(artifacts), openAtFirst(artifacts));
    expect(rows.map(({ path, depth, bytes, files }) => [path, depth, bytes, files])).toEqual([
      ['model/', 0, 130, 3],
      ['model/data/', 1, 30, 2],
      ['model/data/a9.bin', 2, 20, null],
      ['model/data/a10.bin', 2, 10, null],
      ['model/MLmodel', 1, 100, null],
      ['b.txt', 0, 1, null],
    ]);
  });
  test('of many files opens closed', () => {
    const many = Array.from({ length: 100 }, (_, at) => file(`checkpoints/${at}.bin`, 1));
    expect(visibleRows(buildTree(many), openAtFirst(many))).toHaveLength(1);
  });
});

describe('what a file is', () => {
  test('follows from its name, and its bytes decide whether it is text', () => {
    expect(['a.PNG', 'README.md', 'x.csv', 'report.html', 'f.json', 'MLmodel'].map(kindOf)).toEqual([
      'image',
      'markdown',
      'table',
      'html',
      'json',
      'text',
    ]);
    expect(looksLikeText(new TextEncoder().encode('läuft\n'))).toBe(true);
    expect(looksLikeText(Uint8Array.of(0x80, 0x04, 0x95, 0, 0))).toBe(false);
  });
  test('a beginning that was cut ends at a whole line', () => {
    expect(decodeText(new TextEncoder().encode('one\ntwo\nthr'), true)).toBe('one\ntwo\n');
  });
});

describe('tables', () => {
  test('CSV with quotes, a semicolon and missing cells', () => {
    const { columns, rows, numeric } = parseDelimited('name;auc\n"a;b";0.5\nc;nan\n', null);
    expect({ columns, rows, numeric }).toEqual({
      columns: ['name', 'auc'],
      rows: [
        ['a;b', '0.5'],
        ['c', 'nan'],
      ],
      numeric: [false, true],
    });
  });
  test('the JSON of log_table and a list of records are tables, anything nested is not', () => {
    expect(tableOfJson({ columns: ['a', 'b'], data: [[1, null]] })).toMatchObject({ rows: [['1', null]] });
    expect(tableOfJson([{ a: 1 }, { b: 'x' }])).toMatchObject({
      columns: ['a', 'b'],
      rows: [
        ['1', null],
        [null, 'x'],
      ],
    });
    expect(tableOfJson([{ a: { b: 1 } }])).toBeNull();
    expect(tableOfJson({ columns: ['a'], data: [1] })).toBeNull();
  });
});

describe('a figure of plotly', () => {
  test('is told from other JSON', () => {
    expect(isPlotlyFigure({ data: [{ type: 'bar', y: [1] }], layout: {} })).toBe(true);
    expect(isPlotlyFigure({ data: [[1, 2]], columns: ['a', 'b'] })).toBe(false);
  });
  test('loses links, pictures and controls, and says which kinds are not drawn', () => {
    const { figure, title, leftOut } = foreignFigure(
      {
        data: [
          { type: 'scattergl', name: '<a href="https://example.org">x</a>', y: [1, 2] },
          { type: 'scattermapbox', lat: [1] },
        ],
        layout: {
          title: { text: 'A <b>title</b>' },
          images: [{ source: 'https://example.org/a.png' }],
          updatemenus: [{}],
          annotations: [{ text: '<a href="https://example.org">there</a>' }],
        },
      },
      theme,
    );
    expect(JSON.stringify(figure)).not.toMatch(/example\.org|updatemenus/);
    expect(figure.data.map(({ type }) => type)).toEqual(['scatter']);
    expect(title).toBe('A title');
    expect(leftOut).toEqual(['Not drawn here: scattermapbox. Press t for their numbers.']);
  });
  test('arrays that plotly.py wrote in base64 are numbers again, also in two dimensions', () => {
    const bdata = Buffer.from(Float64Array.of(1, 2, 3, 4).buffer).toString('base64');
    const { figure } = foreignFigure(
      { data: [{ type: 'heatmap', z: { dtype: 'f8', bdata, shape: '2, 2' } }], layout: {} },
      theme,
    );
    expect((figure.data[0] as unknown as { z: number[][] }).z).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(figure.table.rows[1]).toEqual(['heatmap 1', null, null, '3, 4']);
  });
});

import type { Cells, LevelCells, NumericCells } from '../../store/table/cells.ts';
import { cutIntoBins } from './bins.ts';
import { numberText } from './number-text.ts';

/** Positions (in the predictions) of each group's rows, in the order they are shown; the missing last. */
export type RowGroups = { kind: 'levels' | 'bins'; groups: { label: string; at: Int32Array }[] };

/** Distinct numbers that are still shown one by one when nobody asks for bins. */
const mostNumbers = 10;
const usualBins = 4;
/** Levels that are shown one by one; the rarer ones together are a group. */
const mostLevels = 30;

/** Groups held-out rows (`row[i]`: row of the table) by the cells of a column. `bins` counts only for numbers and dates. */
export function groupRows(cells: Cells, row: Int32Array, bins: number | null): RowGroups {
  const missing = Int32Array.from(row.keys()).filter((i) => cells.missing[row[i]!] === 1);
  const made = cells.kind === 'levels' ? byLevel(cells, row) : byNumber(cells, row, bins);
  const last = missing.length === 0 ? [] : [{ label: 'missing', at: missing }];
  return { kind: made.kind, groups: [...made.groups, ...last] };
}

function byNumber(cells: NumericCells, row: Int32Array, bins: number | null): RowGroups {
  const present = Int32Array.from(row.keys()).filter((i) => cells.missing[row[i]!] === 0);
  const values = Float64Array.from(present, (i) => cells.values[row[i]!]!);
  const text = numberText(cells.type);
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  if (distinct.length > (bins ?? mostNumbers)) {
    const cut = cutIntoBins(values, bins ?? usualBins);
    const groups = cut.map(({ low, high }) => ({
      label: low === high ? text(low) : `${text(low)} to ${text(high)}`,
      at: present.filter((_, k) => values[k]! >= low && values[k]! <= high),
    }));
    return { kind: 'bins', groups };
  }
  const groups = distinct.map((value) => ({ label: text(value), at: present.filter((_, k) => values[k] === value) }));
  return { kind: 'levels', groups };
}

const inOrder = new Intl.Collator('en', { numeric: true });

function byLevel({ codes, dictionary }: LevelCells, row: Int32Array): RowGroups {
  const found = new Map<number, number[]>();
  row.forEach((r, i) => {
    const code = codes[r]!;
    if (code < 0) return;
    const at = found.get(code);
    if (at === undefined) found.set(code, [i]);
    else at.push(i);
  });
  const frequent = [...found].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  const shown = frequent.length > mostLevels ? frequent.splice(0, mostLevels - 1) : frequent.splice(0);
  const groups = shown
    .map(([code, at]) => ({ label: dictionary[code]!, at: Int32Array.from(at) }))
    .sort((a, b) => inOrder.compare(a.label, b.label));
  if (frequent.length === 0) return { kind: 'levels', groups };
  const rest = Int32Array.from(frequent.flatMap(([, at]) => at)).sort();
  return { kind: 'levels', groups: [...groups, { label: `${frequent.length} rarer levels`, at: rest }] };
}

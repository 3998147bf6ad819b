import type { CallInput } from '../../../shared/contract/index.ts';
import { fieldType } from '../../../shared/query/fields.ts';
import { parseField } from '../../../shared/query/parse-field.ts';
import { printField, quoteText } from '../../../shared/query/print.ts';

/** What the runs table shows: everything a saved view keeps. */
export type View = {
  filter: string;
  quick: Quick;
  sort: { key: string; descending: boolean } | null;
  /** A field of the filter language, or null for no grouping. */
  group: string | null;
  /** Visible columns in order, with their widths in pixels. */
  columns: { id: string; width: number }[];
};

export const quicks = ['recent', 'best', 'failed', 'bin'] as const;
export type Quick = (typeof quicks)[number];

export const quickNames: Record<Quick, string> = {
  recent: 'Recent',
  best: 'Best of each recipe',
  failed: 'Failed or under a minute',
  bin: 'Bin',
};

const failedFilter = 'status in ("failed", "crashed") or (status = "finished" and duration < 60s)';

/** The filter a person wrote and that of the quick tab, together. */
export function combined(filter: string, quick: Quick): string {
  const own = filter.trim();
  if (quick !== 'failed') return own;
  return own === '' ? failedFilter : `(${own}) and (${failedFilter})`;
}

/** The filter of one group of a grouped table; a group without value holds the runs that lack the field. */
export function groupFilter(filter: string, by: string, group: string): string {
  const own = group === '' ? `${by} is missing` : `${by} = ${literal(by, group)}`;
  return filter.trim() === '' ? own : `(${filter}) and ${own}`;
}

function literal(by: string, value: string): string {
  const type = fieldType(parseField(by));
  const isNumber = value.trim() !== '' && Number.isFinite(Number(value));
  return type !== 'text' && isNumber ? value : quoteText(value);
}

/** A key of params, metrics or tags as the filter language writes it: in backticks when it needs them. */
export function keyedField(base: 'params' | 'metrics' | 'tags', key: string): string {
  return printField(base === 'metrics' ? { name: base, key, aggregate: null, whole: null } : { name: base, key });
}

export type ListQuery = Omit<CallInput<'runs.list'>, 'limit' | 'cursor' | 'offset'>;

export function listQuery(view: Pick<View, 'filter' | 'quick' | 'sort'>, study: string | null): ListQuery {
  return { study, filter: combined(view.filter, view.quick), sort: view.sort, bin: view.quick === 'bin' };
}

/** Together as wide as the narrowest window (1280 pixels) shows. */
export const defaultColumns: View['columns'] = [
  { id: 'name', width: 162 },
  { id: 'status', width: 146 },
  { id: 'recipe', width: 72 },
  { id: 'metrics.auc', width: 120 },
  { id: 'metrics.brier', width: 120 },
  { id: 'spark', width: 82 },
  { id: 'dataset', width: 116 },
  { id: 'engine', width: 100 },
  { id: 'started', width: 100 },
];

export const defaultView: View = { filter: '', quick: 'recent', sort: null, group: null, columns: defaultColumns };

/**
 * The columns that a person has not chosen, for the metrics that the runs have: where all predict numbers R² and MAE stand for AUC
 * and Brier score, where some do R² stands for the Brier score.
 */
export function columnsFor(columns: View['columns'], metrics: readonly string[]): View['columns'] {
  if (columns !== defaultColumns) return columns;
  const has = (key: string): boolean => metrics.includes(`test/${key}`) || metrics.includes(`oof/${key}`);
  if (!has('r2')) return columns;
  const instead: Record<string, string> = has('auc')
    ? { 'metrics.brier': 'metrics.r2' }
    : { 'metrics.auc': 'metrics.r2', 'metrics.brier': 'metrics.mae' };
  return columns.map(({ id, width }) => ({ id: instead[id] ?? id, width }));
}

/** Reads a saved view; whatever in it is not understood takes its default, so that an older view still opens. */
export function readView(state: string): View {
  let saved: Partial<View>;
  try {
    saved = JSON.parse(state) as Partial<View>;
  } catch {
    return defaultView;
  }
  const columns = Array.isArray(saved.columns)
    ? saved.columns.filter((column) => typeof column?.id === 'string' && Number.isFinite(column?.width))
    : [];
  const { sort } = saved;
  return {
    filter: typeof saved.filter === 'string' ? saved.filter : '',
    quick: quicks.find((quick) => quick === saved.quick) ?? 'recent',
    sort: sort && typeof sort.key === 'string' ? { key: sort.key, descending: sort.descending === true } : null,
    group: typeof saved.group === 'string' ? saved.group : null,
    columns: columns.length > 0 ? columns : defaultColumns,
  };
}

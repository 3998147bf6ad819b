import { api } from '../../api.ts';
import { select } from '../../ui/run-colour.tsx';
import type { Rows } from './rows.ts';
import type { ListQuery } from './view.ts';

const MOST_SELECTED = 10_000;

/** The selection after a press on row `index`: it alone toggled, or everything from `anchor` to it added. */
export function toggled(rows: Pick<Rows, 'rowAt'>, ids: readonly string[], index: number, anchor: number): string[] {
  const idAt = (at: number) => {
    const row = rows.rowAt(at);
    return row.kind === 'run' ? row.run.id : null;
  };
  const own = idAt(index);
  if (own === null) return [...ids];
  if (anchor < 0) return ids.includes(own) ? ids.filter((id) => id !== own) : [...ids, own];
  const next = new Set(ids);
  for (let at = Math.min(anchor, index); at <= Math.max(anchor, index); at += 1) {
    const id = idAt(at);
    if (id !== null) next.add(id);
  }
  return [...next];
}

/** Selects every run that matches (the first 10,000 of them), or nothing when everything at hand is selected. */
export async function selectAll(query: ListQuery, rows: Rows, ids: readonly string[]): Promise<void> {
  const chosen = new Set(ids);
  if (rows.loaded.length > 0 && rows.loaded.every((run) => chosen.has(run.id))) return select([]);
  if (rows.loaded.length >= rows.count) return select(rows.loaded.map((run) => run.id));
  const page = await api.call('runs.list', { ...query, limit: MOST_SELECTED, cursor: null });
  select(page.runs.map((run) => run.id));
}

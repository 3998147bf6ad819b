import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { type Measure, measuresOf } from './measures.ts';
import { type Pages, usePages } from './use-pages.ts';
import { combined, groupFilter, type ListQuery, listQuery, type View } from './view.ts';

export type Group = CallOutput<'runs.groups'>[number];
export type Row =
  | { kind: 'run'; run: RunSummary; child: boolean; remark?: string }
  | { kind: 'group'; group: Group; by: string; open: boolean }
  | { kind: 'more'; text: string }
  | { kind: 'pending' };

export type Rows = Pick<Pages, 'total' | 'all' | 'tookMs' | 'error' | 'waiting' | 'loaded'> & {
  count: number;
  rowAt: (index: number) => Row;
};

const OPENED = 200;
/** Of the best runs of a recipe: so many, since the first ones may be models on other data. */
const FIRST = 20;
const noSight = { first: 0, last: 0 };

/** What the table shows, row by row: the runs themselves, groups with those opened, or the best run of each recipe. */
export function useRows(
  view: View,
  study: string | null,
  sight: { first: number; last: number },
  opened: ReadonlySet<string>,
): Rows {
  const query = useMemo(
    () => listQuery({ filter: view.filter, quick: view.quick, sort: view.sort }, study),
    [view.filter, view.quick, view.sort, study],
  );
  const best = view.quick === 'best';
  const by = best ? 'recipe' : view.group;
  const grouped = by !== null && view.quick !== 'bin';
  const pages = usePages(query, grouped ? noSight : sight);
  const groups = useCall(
    'runs.groups',
    { study, filter: combined(view.filter, view.quick), by: by ?? 'recipe' },
    { enabled: grouped, placeholderData: (old) => old },
  );
  const named = useMemo(() => (groups.data ?? []).filter(({ group }) => !best || group !== ''), [groups.data, best]);
  const wanted = useMemo(
    () => (grouped ? named.filter(({ group }) => best || opened.has(group)).map(({ group }) => group) : []),
    [grouped, named, best, opened],
  );
  const asked = useMemo(
    () =>
      best
        ? named.flatMap((group) => measuresOf(group).map((measure) => ({ group: group.group, measure })))
        : wanted.map((group) => ({ group, measure: null })),
    [best, named, wanted],
  );
  const children = useGroups(query, by ?? 'recipe', asked);

  return useMemo(() => {
    if (!grouped) {
      const rowAt = (index: number): Row => {
        const run = pages.runAt(index);
        return run ? { kind: 'run', run, child: false } : { kind: 'pending' };
      };
      return { ...pages, count: pages.total, rowAt };
    }
    const rows = best ? bestRows(named, children) : groupRows(named, by!, opened, children);
    return {
      ...pages,
      error: (groups.error as AppError | null) ?? pages.error,
      waiting: groups.data === undefined && groups.error === null,
      loaded: rows.flatMap((row) => (row.kind === 'run' ? [row.run] : [])),
      count: rows.length,
      rowAt: (index) => rows[index] ?? { kind: 'pending' },
    };
  }, [grouped, pages, best, named, children, by, opened, groups.data, groups.error]);
}

type Asked = { group: string; measure: Measure | null };
const keyOf = ({ group, measure }: Asked): string => `${measure ?? ''} ${group}`;

type Children = Map<string, { runs: RunSummary[]; total: number }>;

/** The runs of a group; with a measure those that have it, the highest first. */
function useGroups(query: ListQuery, by: string, asked: readonly Asked[]): Children {
  const results = useQueries({
    queries: asked.map(({ group, measure }) => {
      const own = groupFilter(query.filter, by, group);
      const input = {
        ...query,
        filter: measure === 'r2' ? `(${own}) and metrics.r2 is present` : own,
        sort: measure ? { key: `metrics.${measure}`, descending: true } : query.sort,
        limit: measure ? FIRST : OPENED,
        cursor: null,
      };
      return { queryKey: ['runs.list', input], queryFn: () => api.call('runs.list', input) };
    }),
    combine: dataOf,
  });
  return useMemo(() => {
    const children: Children = new Map();
    asked.forEach((one, at) => {
      const page = results[at];
      if (page) children.set(keyOf(one), page);
    });
    return children;
  }, [asked, results]);
}

function dataOf<T>(results: { data: T | undefined }[]): (T | undefined)[] {
  return results.map((result) => result.data);
}

function bestRows(groups: readonly Group[], children: Children): Row[] {
  return groups.flatMap((group) =>
    measuresOf(group).map((measure): Row => {
      const page = children.get(keyOf({ group: group.group, measure }));
      // A model on other data is no better for being tried on easier ones.
      const run = page?.runs.find(({ origin }) => origin?.kind !== 'evaluate') ?? page?.runs[0];
      if (!page || !run) return { kind: 'pending' };
      return { kind: 'run', run, child: false, remark: `best ${measure === 'r2' ? 'R² ' : ''}of ${page.total}` };
    }),
  );
}

function groupRows(groups: readonly Group[], by: string, opened: ReadonlySet<string>, children: Children): Row[] {
  return groups.flatMap((group): Row[] => {
    const open = opened.has(group.group);
    const head: Row = { kind: 'group', group, by, open };
    if (!open) return [head];
    const page = children.get(keyOf({ group: group.group, measure: null }));
    if (!page) return [head, { kind: 'pending' }];
    const runs = page.runs.map((run): Row => ({ kind: 'run', run, child: true }));
    const rest = page.total - page.runs.length;
    return [
      head,
      ...runs,
      ...(rest > 0 ? [{ kind: 'more' as const, text: `${rest} more: filter for this group to see them` }] : []),
    ];
  });
}

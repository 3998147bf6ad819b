import { useQueries } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { RunPage } from '../../../shared/contract/runs.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { api } from '../../api.ts';
import { queryClient } from '../../query.ts';
import type { ListQuery } from './view.ts';

export const PAGE = 200;

export type Pages = {
  total: number;
  all: number;
  tookMs: number | null;
  runAt: (index: number) => RunSummary | undefined;
  /** Runs at hand, in order. */
  loaded: RunSummary[];
  error: AppError | null;
  /** Nothing at hand yet. */
  waiting: boolean;
};

const keyOf = (query: ListQuery, cursor: string | null) => ['runs.list', { ...query, limit: PAGE, cursor }] as const;

/**
 * The runs of a query, page by page as they are looked at. Each page's cursor comes from the one before; only the first page
 * and those in sight are kept fresh while runs train, so that a long table costs no more than a short one.
 */
export function usePages(query: ListQuery, sight: { first: number; last: number }): Pages {
  const kept = useRef<(RunPage | undefined)[]>([]);
  const firstPage = Math.floor(sight.first / PAGE);
  const lastPage = Math.floor(sight.last / PAGE);

  // Follow the chain of cursors as far as it is known.
  const cursors: (string | null)[] = [null];
  for (let page = 0; page < lastPage; page += 1) {
    const known = queryClient.getQueryData<RunPage>(keyOf(query, cursors[page]!));
    if (!known?.next) break;
    cursors.push(known.next);
  }

  const { pages, error } = useQueries({
    queries: cursors.map((cursor, page) => ({
      queryKey: keyOf(query, cursor),
      queryFn: () => api.call('runs.list', { ...query, limit: PAGE, cursor }),
      enabled: page === 0 || (page >= firstPage && page <= lastPage) || page === cursors.length - 1,
    })),
    combine,
  });

  // The old rows stay while a new query is under way, so that nothing blinks.
  if (pages[0] !== undefined) kept.current = pages;
  const shown = kept.current;
  return useMemo(
    () => ({
      total: shown[0]?.total ?? 0,
      all: shown[0]?.all ?? 0,
      tookMs: shown[0]?.tookMs ?? null,
      runAt: (index: number) => shown[Math.floor(index / PAGE)]?.runs[index % PAGE],
      loaded: shown.flatMap((page) => page?.runs ?? []),
      error,
      waiting: shown[0] === undefined && error === null,
    }),
    [shown, error],
  );
}

function combine(results: { data: RunPage | undefined; error: Error | null }[]) {
  return {
    pages: results.map((result) => result.data),
    error: (results.find((result) => result.error)?.error ?? null) as AppError | null,
  };
}

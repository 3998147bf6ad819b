import { useQueries } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { RunPage } from '../../../shared/contract/runs.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { api } from '../../api.ts';
import type { ListQuery } from './view.ts';

export const PAGE = 200;

export type Pages = {
  total: number;
  all: number;
  tookMs: number | null;
  runAt: (index: number) => RunSummary | undefined;
  /** Runs at hand: of the first page and of those in sight. */
  loaded: RunSummary[];
  error: AppError | null;
  /** Nothing at hand yet. */
  waiting: boolean;
};

/**
 * The runs of a query, page by page: those in sight, and the first for its totals, are asked for and kept fresh while runs
 * train; a long table costs no more than a short one, wherever it is scrolled to.
 */
export function usePages(query: ListQuery, sight: { first: number; last: number }): Pages {
  const kept = useRef<Kept>({ pages: [], numbers: [] });
  const from = Math.floor(sight.first / PAGE);
  const to = Math.floor(sight.last / PAGE);
  const numbers = useMemo(() => {
    const inSight = Array.from({ length: to - from + 1 }, (_, at) => from + at);
    return from === 0 ? inSight : [0, ...inSight];
  }, [from, to]);

  const { pages, error } = useQueries({
    queries: numbers.map((page) => {
      const input = { ...query, limit: PAGE, cursor: null, offset: page * PAGE };
      return { queryKey: ['runs.list', input], queryFn: () => api.call('runs.list', input) };
    }),
    combine,
  });

  // The old rows stay while a new query is under way, so that nothing blinks.
  if (pages[0] !== undefined && (kept.current.pages !== pages || kept.current.numbers !== numbers)) {
    kept.current = { pages, numbers };
  }
  const shown = kept.current;
  return useMemo(
    () => ({
      total: shown.pages[0]?.total ?? 0,
      all: shown.pages[0]?.all ?? 0,
      tookMs: shown.pages[0]?.tookMs ?? null,
      runAt: (index: number) => shown.pages[shown.numbers.indexOf(Math.floor(index / PAGE))]?.runs[index % PAGE],
      loaded: shown.pages.flatMap((page) => page?.runs ?? []),
      error,
      waiting: shown.pages[0] === undefined && error === null,
    }),
    [shown, error],
  );
}

type Kept = { pages: (RunPage | undefined)[]; numbers: number[] };

function combine(results: { data: RunPage | undefined; error: Error | null }[]) {
  return {
    pages: results.map((result) => result.data),
    error: (results.find((result) => result.error)?.error ?? null) as AppError | null,
  };
}

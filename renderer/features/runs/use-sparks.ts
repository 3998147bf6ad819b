import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SeriesColumns } from '../../../shared/model/series.ts';
import { api } from '../../api.ts';
import type { Row, Rows } from './rows.ts';

const BLOCK = 40;
const POINTS = 48;
/** The main metric of a run, best first. */
const keys = ['validation/loss', 'train/loss'];

/** The course of the main metric of the runs in sight, per run id. Asked for in blocks of rows, so that scrolling reuses them. */
export function useSparks(
  rows: Rows,
  sight: { first: number; last: number },
  enabled: boolean,
): Map<string, SeriesColumns> {
  const blocks: string[][] = [];
  for (let block = Math.floor(sight.first / BLOCK); enabled && block <= Math.floor(sight.last / BLOCK); block += 1) {
    const ids: string[] = [];
    for (let at = block * BLOCK; at < Math.min((block + 1) * BLOCK, rows.count); at += 1) {
      const row: Row = rows.rowAt(at);
      if (row.kind === 'run' && Object.keys(row.run.metrics).some((key) => keys.includes(key))) ids.push(row.run.id);
    }
    if (ids.length > 0) blocks.push(ids);
  }
  const results = useQueries({
    queries: blocks.map((ids) => {
      const input = { ids, keys, maxPoints: POINTS };
      return { queryKey: ['runs.series', input], queryFn: () => api.call('runs.series', input) };
    }),
    combine: dataOf,
  });
  return useMemo(() => {
    const sparks = new Map<string, SeriesColumns>();
    for (const { id, series } of results.flatMap((data) => data ?? [])) {
      const main = keys.map((key) => series.find((one) => one.key === key)).find((one) => one !== undefined);
      if (main) sparks.set(id, main);
    }
    return sparks;
  }, [results]);
}

function dataOf<T>(results: { data: T | undefined }[]): (T | undefined)[] {
  return results.map((result) => result.data);
}

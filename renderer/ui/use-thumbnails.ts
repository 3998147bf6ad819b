import { useQueries } from '@tanstack/react-query';
import type { CallOutput } from '../../shared/contract/index.ts';
import { api } from '../api.ts';

const PAGE = 100;
/** A page is up to 5 MB: what is out of sight is let go soon. */
const KEPT_MS = 10_000;

export type Thumbnail = CallOutput<'datasets.thumbnails'>[number];

/** Thumbnails of the places `first` to `last` of `rows`, a hundred at a time; undefined for those still on their way. */
export function useThumbnails(
  name: string,
  version: number,
  rows: Int32Array,
  first: number,
  last: number,
): (place: number) => Thumbnail | undefined {
  const from = Math.floor(first / PAGE);
  const to = Math.floor(Math.max(first, Math.min(last, rows.length - 1)) / PAGE);
  const pages = useQueries({
    queries: Array.from({ length: rows.length === 0 ? 0 : to - from + 1 }, (_, at) => {
      const page = from + at;
      const input = { name, version, rows: Array.from(rows.subarray(page * PAGE, (page + 1) * PAGE)) };
      return {
        queryKey: ['datasets.thumbnails', input],
        queryFn: () => api.call('datasets.thumbnails', input),
        gcTime: KEPT_MS,
      };
    }),
  });
  return (place) => pages[Math.floor(place / PAGE) - from]?.data?.[place % PAGE];
}

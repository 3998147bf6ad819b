import { useQuery } from '@tanstack/react-query';
import type { Watch } from '../../../../shared/contract/imports.ts';
import type { AppError } from '../../../../shared/errors.ts';
import { api } from '../../../api.ts';
import { queryClient } from '../../../query.ts';

const key = ['imports.watches', {}];
const everyMs = 1_000;

/** The folders that are watched; asked again every second as long as there is one. */
export function useWatches(): Watch[] {
  const watches = useQuery<Watch[], AppError>({
    queryKey: key,
    queryFn: () => api.call('imports.watches', {}),
    refetchInterval: ({ state }) => (state.data?.length ? everyMs : false),
  });
  return watches.data ?? [];
}

export const refreshWatches = (): Promise<void> => queryClient.invalidateQueries({ queryKey: key });

import { QueryClient, type UseQueryOptions, useQuery } from '@tanstack/react-query';
import type { Events } from '../shared/contract/events.ts';
import type { CallInput, CallName, CallOutput } from '../shared/contract/index.ts';
import type { AppError } from '../shared/errors.ts';
import { api } from './api.ts';

/** SQLite is the truth; this is a cache of calls, refreshed when main says that something changed. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

type Options<T> = Pick<UseQueryOptions<T, AppError>, 'enabled' | 'placeholderData' | 'gcTime' | 'refetchInterval'>;

/** The cached result of one call; its key is the call's name and input. */
export function useCall<K extends CallName>(name: K, input: CallInput<K>, options: Options<CallOutput<K>> = {}) {
  return useQuery<CallOutput<K>, AppError>({
    ...options,
    queryKey: [name, input],
    queryFn: () => api.call(name, input),
  });
}

type Change = Pick<Events['store.changed'], 'nouns' | 'runs'>;
type Noun = Change['nouns'][number];

/** Calls that read each noun. */
const readers: Record<Noun, readonly CallName[]> = {
  run: [
    'runs.list',
    'runs.groups',
    'runs.keys',
    'runs.show',
    'runs.compare',
    'runs.evaluation',
    'studies.list',
    'datasets.runs',
    'training.estimate',
  ],
  series: ['runs.list', 'runs.series', 'runs.keys'],
  log: ['runs.log'],
  study: ['studies.list', 'runs.list'],
  dataset: ['datasets.list', 'datasets.show', 'datasets.diff', 'datasets.runs', 'training.estimate'],
  draft: ['exports.draftFile'],
  audit: ['audit.list', 'audit.verify'],
  setting: ['settings.get', 'views.list', 'app.facts'],
};

/** Whether a cached call may show something else after a change. A call about one run cares about that run only. */
export function isTouched(key: readonly unknown[], change: Change): boolean {
  const [name, input] = key as [CallName, { id?: string; ids?: string[] } | undefined];
  if (!change.nouns.some((noun) => readers[noun].includes(name))) return false;
  if (change.runs.length === 0) return true;
  if (input?.id !== undefined && name.startsWith('runs.')) return change.runs.includes(input.id);
  if (input?.ids !== undefined && name.startsWith('runs.')) return input.ids.some((id) => change.runs.includes(id));
  return true;
}

const PAUSE_MS = 150;

/**
 * Refreshes what a change touches, one refresh at a time: while data pours in, each waits for the one before it, so a slow
 * query is neither started twice nor starved. Returns the function that ends it.
 */
export function followStore(client: QueryClient): () => void {
  let pending: Change[] = [];
  let busy = false;
  let ended = false;

  async function flush() {
    busy = true;
    while (pending.length > 0 && !ended) {
      const changes = pending;
      pending = [];
      const predicate = (query: { queryKey: readonly unknown[] }) =>
        changes.some((change) => isTouched(query.queryKey, change));
      const alreadyFetching = client.isFetching({ predicate }) > 0;
      await client.invalidateQueries({ predicate }, { cancelRefetch: false }).catch(() => undefined);
      // What was under way when the change came may have read before it.
      if (alreadyFetching) pending.push(...changes);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    busy = false;
  }

  const off = api.on('store.changed', (change) => {
    pending.push({ nouns: change.nouns, runs: change.runs });
    if (!busy) void flush();
  });
  return () => {
    ended = true;
    off();
  };
}

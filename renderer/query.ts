import { QueryClient, type UseQueryOptions, useQuery } from '@tanstack/react-query';
import type { Events } from '../shared/contract/events.ts';
import type { CallGiven, CallName, CallOutput } from '../shared/contract/index.ts';
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
export function useCall<K extends CallName>(name: K, input: CallGiven<K>, options: Options<CallOutput<K>> = {}) {
  return useQuery<CallOutput<K>, AppError>({
    ...options,
    queryKey: [name, input],
    queryFn: () => api.call(name, input),
  });
}

type Change = Pick<Events['store.changed'], 'nouns' | 'runs'>;
type Noun = Change['nouns'][number];

/** A version shows its run, so what changes a run touches the registry too. */
const modelReads = ['models.list', 'models.show', 'models.lineage', 'models.approval', 'models.card'] as const;

/** Calls that read each noun. */
const readers: Record<Noun, readonly CallName[]> = {
  run: [
    'runs.list',
    'runs.groups',
    'runs.keys',
    'runs.show',
    'runs.compare',
    'runs.evaluation',
    'runs.subgroups',
    'runs.worst',
    'studies.list',
    'datasets.list',
    'datasets.runs',
    'training.estimate',
    'training.queue',
    ...modelReads,
  ],
  model: modelReads,
  series: ['runs.list', 'runs.series', 'runs.keys', 'imports.records', 'imports.record'],
  log: ['runs.log'],
  study: ['studies.list', 'runs.list'],
  dataset: [
    'datasets.list',
    'datasets.show',
    'datasets.diff',
    'datasets.runs',
    'datasets.images',
    'datasets.thumbnails',
    'datasets.image',
    'training.estimate',
  ],
  draft: ['exports.draftFile'],
  audit: ['audit.list', 'audit.verify'],
  setting: ['settings.get', 'training.queue', 'views.list', 'app.facts'],
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

/** Calls whose answer a person does not watch moment by moment: lists of keys and studies, and counts (one row asked for). */
export function isUnhurried(key: readonly unknown[]): boolean {
  const [name, input] = key as [CallName, { limit?: number } | undefined];
  return ['runs.keys', 'studies.list', 'datasets.runs', 'training.estimate'].includes(name) || input?.limit === 1;
}

const PAUSE_MS = 150;
const UNHURRIED_MS = 2_000;

/**
 * Refreshes what a change touches, one refresh at a time: while data pours in, each waits for the one before it, so a slow
 * query is neither started twice nor starved; unhurried calls every two seconds. Returns the function that ends it.
 */
export function followStore(client: QueryClient): () => void {
  let pending: Change[] = [];
  let waiting: Change[] = [];
  let hurriedAt = 0;
  let busy = false;
  let ended = false;

  async function refresh(changes: readonly Change[], unhurried: boolean): Promise<boolean> {
    const predicate = ({ queryKey }: { queryKey: readonly unknown[] }) =>
      isUnhurried(queryKey) === unhurried && changes.some((change) => isTouched(queryKey, change));
    const alreadyFetching = client.isFetching({ predicate }) > 0;
    await client.invalidateQueries({ predicate }, { cancelRefetch: false }).catch(() => undefined);
    return alreadyFetching;
  }

  async function flush() {
    busy = true;
    while ((pending.length > 0 || waiting.length > 0) && !ended) {
      const changes = pending;
      pending = [];
      waiting.push(...changes);
      // What was under way when the change came may have read before it.
      if (changes.length > 0 && (await refresh(changes, false))) pending.push(...changes);
      if (Date.now() - hurriedAt >= UNHURRIED_MS) {
        const slow = waiting;
        waiting = [];
        hurriedAt = Date.now();
        if (await refresh(slow, true)) waiting.push(...slow);
      }
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

import { entryUrl } from '../platform/entry.ts';
import type { Changes } from '../store/change.ts';
import type { VaultCallName, VaultClient } from './client.ts';
import { isRead } from './operations.ts';
import { createWorkerLink, type WorkerLink } from './worker-link.ts';

export type WorkerClientOptions = {
  dir: string;
  /** As in `openVault`: what a dead writer's runs say of it. */
  purpose: string;
  /** Text for the local log. */
  onUnexpected(what: string, text: string): void;
};

export type WorkerClient = VaultClient & {
  /** Calls `listener` with the deltas of every process, own writes included; returns the function that ends it. */
  onChanged(listener: (changes: Changes) => void): () => void;
  /** Ends the threads as a crash would; for tests. */
  terminate(): Promise<void>;
};

/** Two, so that a long table query does not hold up a chart. */
const readers = 2;

/** Calls that may compute for seconds (bootstraps of large runs): they have a reader of their own, started with the first of them. */
const computing: ReadonlySet<string> = new Set(['runs.subgroups', 'runs.compare', 'models.card']);

/**
 * The store behind worker threads: one writes, two read, and the thread that calls never blocks. Resolves when the vault is
 * open. Rejects with what `openVault` throws.
 */
export async function openWorkerClient({ dir, purpose, onUnexpected }: WorkerClientOptions): Promise<WorkerClient> {
  const listeners = new Set<(changes: Changes) => void>();
  const events = {
    onChanged: (changes: Changes) => {
      for (const listener of listeners) listener(changes);
    },
    onUnexpected,
  };
  const writer = createWorkerLink(entryUrl('workers/vault-worker'), { dir, purpose }, events);
  await writer.opened();
  // Only now: the writer makes the vault when there is none.
  const queries = Array.from({ length: readers }, () =>
    createWorkerLink(entryUrl('workers/query-worker'), { dir, purpose }, events),
  );
  const links = [writer, ...queries];
  let computer: WorkerLink | null = null;
  const linkFor = (name: VaultCallName): WorkerLink => {
    if (!isRead(name)) return writer;
    if (!computing.has(name)) return leastBusy(queries);
    computer ??= createWorkerLink(entryUrl('workers/query-worker'), { dir, purpose }, events);
    return computer;
  };
  await Promise.all(queries.map((link) => link.opened())).catch(async (error: unknown) => {
    await Promise.all(links.map((link) => link.close()));
    throw error;
  });

  return {
    call: (name, input) => linkFor(name).call(name, input) as never,
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      // What it computes nobody waits for any more, and it writes nothing.
      await Promise.all([...queries.map((link) => link.close()), computer?.abandon()]);
      await writer.close();
    },
    async terminate() {
      await Promise.all([...links, ...(computer === null ? [] : [computer])].map((link) => link.terminate()));
    },
  };
}

const leastBusy = (links: WorkerLink[]): WorkerLink =>
  links.reduce((best, link) => (link.waiting() < best.waiting() ? link : best));

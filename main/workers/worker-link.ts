import { Worker } from 'node:worker_threads';
import { AppError, fromFailure, type Result } from '../../shared/errors.ts';
import type { Changes } from '../store/change.ts';
import type { FromWorker, ToWorker, WorkerStart } from './messages.ts';

export type WorkerEvents = {
  onChanged(changes: Changes): void;
  /** For the local log: what was going on, and the text of the error. */
  onUnexpected(what: string, text: string): void;
};

/** One worker thread, started anew when it dies. */
export type WorkerLink = {
  /** Resolves when the worker has opened the vault; rejects with the AppError that kept it from it. */
  opened(): Promise<void>;
  /** Calls sent and not answered. */
  waiting(): number;
  call(name: string, input: unknown): Promise<unknown>;
  close(): Promise<void>;
  /** Ends it in the middle of what it does: for a reader. Calls that wait are rejected. */
  abandon(): Promise<void>;
  /** Of the present thread; for tests that kill it. */
  terminate(): Promise<void>;
};

type Waiting = { name: string; resolve(value: unknown): void; reject(error: unknown): void };

type Thread = { worker: Worker; opened: Promise<void>; gone: Promise<void> };

export function createWorkerLink(entry: URL, start: WorkerStart, events: WorkerEvents): WorkerLink {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let closing = false;
  let thread: Thread | null = launch();

  function launch(): Thread {
    const worker = new Worker(entry, { workerData: start });
    const opening = Promise.withResolvers<void>();
    // Whoever awaits it learns of a failure; nobody has to.
    opening.promise.catch(() => undefined);
    let open = false;
    worker.on('message', (message: FromWorker) => {
      switch (message.kind) {
        case 'opened':
          open = message.result.ok;
          return message.result.ok ? opening.resolve() : opening.reject(fromFailure(message.result.error));
        case 'reply':
          return settle(message.id, message.result);
        case 'changed':
          return events.onChanged(message.changes);
        case 'unexpected':
          return events.onUnexpected(message.what, message.text);
      }
    });
    worker.on('error', (error) => events.onUnexpected('a worker', String(error)));
    const gone = Promise.withResolvers<void>();
    worker.on('exit', () => {
      opening.reject(stopped('opened the vault'));
      for (const call of waiting.values()) call.reject(stopped(`answered ${call.name}`));
      waiting.clear();
      // One that never opened would only fail again: the next call tries.
      thread = open && !closing ? launch() : null;
      gone.resolve();
    });
    return { worker, opened: opening.promise, gone: gone.promise };
  }

  function settle(id: number, result: Result<unknown>): void {
    const call = waiting.get(id);
    if (call === undefined) return;
    waiting.delete(id);
    if (result.ok) call.resolve(result.value);
    else call.reject(fromFailure(result.error));
  }

  function post(message: ToWorker): void {
    thread?.worker.postMessage(message);
  }

  return {
    opened: () => thread?.opened ?? Promise.reject(closed()),
    waiting: () => waiting.size,
    async call(name, input) {
      if (closing) throw closed();
      thread ??= launch();
      await thread.opened;
      if (closing) throw closed();
      const id = ++lastId;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(id, { name, resolve: answer.resolve, reject: answer.reject });
      post({ kind: 'call', id, name, input });
      return answer.promise;
    },
    async close() {
      closing = true;
      const { gone } = thread ?? {};
      post({ kind: 'close' });
      await gone;
    },
    async abandon() {
      closing = true;
      const { worker, gone } = thread ?? {};
      await worker?.terminate();
      await gone;
    },
    async terminate() {
      const { worker, gone } = thread ?? {};
      await worker?.terminate();
      await gone;
    },
  };
}

const stopped = (doing: string) =>
  new AppError(
    'INTERNAL',
    `The part of Wardbook that keeps the vault stopped while it ${doing}; the details are in the local log.`,
    'What was saved before is safe. It starts again by itself: try again.',
  );

const closed = () => new AppError('INTERNAL', 'The vault is closed.');

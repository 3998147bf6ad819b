import type { EventName, Events } from '../../shared/contract/events.ts';
import { eventChannel } from './channels.ts';

/** Least time between two deliveries of one event to a page. */
export const publishEveryMs = 100;

type Merge<K extends EventName> = (waiting: Events[K], next: Events[K]) => Events[K];

/** What two events become when both wait for delivery: changes add up, samples and progress replace one another. */
const merges: { [K in EventName]: Merge<K> } = {
  'store.changed': (waiting, next) => ({
    revision: Math.max(waiting.revision, next.revision),
    nouns: [...new Set([...waiting.nouns, ...next.nouns])],
    runs: [...new Set([...waiting.runs, ...next.runs])],
  }),
  'import.progress': (_waiting, next) => next,
  'hardware.sample': (_waiting, next) => next,
  'link.waiting': (_waiting, next) => next,
};

export type Publisher = { publish<K extends EventName>(name: K, payload: Events[K]): void; close(): void };

/** The first event goes at once, later ones together at the next multiple of `publishEveryMs`. */
export function createPublisher(
  send: (channel: string, message: [name: EventName, payload: unknown]) => void,
): Publisher {
  const waiting = new Map<string, { name: EventName; payload: unknown }>();
  const timers = new Map<string, NodeJS.Timeout>();

  const deliver = (key: string) => {
    timers.delete(key);
    const next = waiting.get(key);
    if (next === undefined) return;
    waiting.delete(key);
    send(eventChannel, [next.name, next.payload]);
    timers.set(
      key,
      setTimeout(() => deliver(key), publishEveryMs),
    );
  };

  return {
    publish(name, payload) {
      const key = name === 'import.progress' ? `${name} ${(payload as Events['import.progress']).handle}` : name;
      const before = waiting.get(key) as { payload: Events[typeof name] } | undefined;
      waiting.set(key, { name, payload: before === undefined ? payload : merges[name](before.payload, payload) });
      if (!timers.has(key)) deliver(key);
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      waiting.clear();
    },
  };
}

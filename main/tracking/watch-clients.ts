import type { TrackingStatus } from '../../shared/contract/tracking.ts';
import type { Log } from '../platform/log.ts';
import type { Refusal, RefusalReason } from './refusal.ts';

export type ClientWatch = {
  onRequest(client: string): void;
  onRefused(refusal: Refusal): void;
  status(): TrackingStatus;
};

const mostClients = 20;
/** A flood of attempts must not fill the log: the counts go on. */
const linesPerMinute = 60;

/** Counts requests and refusals. `onFirst` is told the first refusal of each kind, for the audit log. */
export function watchClients(log: Log, onFirst: (reason: RefusalReason) => void): ClientWatch {
  const clients = new Map<string, { requests: number; lastAt: number }>();
  const refused = new Map<RefusalReason, { count: number; lastAt: number }>();
  let requests = 0;
  let minute = 0;
  let lines = 0;

  function writeLine(reason: RefusalReason): void {
    const now = Math.floor(Date.now() / 60_000);
    if (now !== minute) {
      minute = now;
      lines = 0;
    }
    lines += 1;
    if (lines <= linesPerMinute) log(`tracking server refused a request (${reason})`, '');
    if (lines === linesPerMinute) log('tracking server: further refusals of this minute are only counted', '');
  }

  return {
    onRequest(client) {
      requests += 1;
      const name = client.replace(/[^\x20-\x7e]/g, '').slice(0, 80);
      const known = clients.get(name);
      if (known !== undefined) {
        known.requests += 1;
        known.lastAt = Date.now();
        return;
      }
      if (clients.size >= mostClients) clients.delete(clients.keys().next().value!);
      clients.set(name, { requests: 1, lastAt: Date.now() });
    },
    onRefused({ reason }) {
      const known = refused.get(reason);
      refused.set(reason, { count: (known?.count ?? 0) + 1, lastAt: Date.now() });
      writeLine(reason);
      if (known === undefined) onFirst(reason);
    },
    status: () => ({
      requests,
      clients: [...clients].map(([name, one]) => ({ name, ...one })).toSorted((a, b) => b.lastAt - a.lastAt),
      refused: [...refused].map(([reason, one]) => ({ reason, ...one })),
    }),
  };
}

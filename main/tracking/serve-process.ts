import type { TrackingFacts, TrackingStatus } from '../../shared/contract/tracking.ts';
import type { Failure } from '../../shared/errors.ts';
import { type Child, startChild } from '../platform/child.ts';
import { entryUrl } from '../platform/entry.ts';
import { revokeTrackingToken, trackingToken } from '../store/tracking/token.ts';
import { fromServer, type ToServer } from './serve-messages.ts';

/** The serving child as the app sees it. */
export type ServeProcess = {
  facts(): Omit<TrackingFacts, 'on'>;
  /** Resolves when it listens or cannot; `port` null for any that is free. */
  start(port: number | null): Promise<void>;
  /** Resolves when it is gone. */
  stop(): Promise<void>;
  revoke(): void;
};

type Running = { child: Child; gone: Promise<void>; url: string | null };

const nobody: TrackingStatus = { requests: 0, clients: [], refused: [] };
/** One that dies sooner after its start would only die again. */
const soonMs = 5_000;
const stopMs = 5_000;

export function createServeProcess(vaultDir: string): ServeProcess {
  let running: Running | null = null;
  let failure: Failure | null = null;
  let status = nobody;
  let stopping = false;

  async function start(port: number | null): Promise<void> {
    if (running !== null) return;
    failure = null;
    status = nobody;
    stopping = false;
    const began = Date.now();
    const settled = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    const child = startChild(entryUrl('tracking/serve-child'), {
      name: 'Wardbook tracking server',
      onMessage(message) {
        const news = fromServer.parse(message);
        if (news.type === 'status') status = news.status;
        else {
          if (news.type === 'listening' && running !== null) running.url = news.url;
          if (news.type === 'failed') failure = withoutUndefined(news.error);
          settled.resolve();
        }
      },
      onExit() {
        running = null;
        gone.resolve();
        settled.resolve();
        if (stopping || failure !== null) return;
        if (Date.now() - began > soonMs) void start(port);
        else
          failure = {
            code: 'INTERNAL',
            message: 'The tracking server ended unexpectedly.',
            hint: 'Switch it on again.',
          };
      },
    });
    running = { child, gone: gone.promise, url: null };
    child.send({ type: 'start', vaultDir, port: port ?? 0 } satisfies ToServer);
    await settled.promise;
  }

  return {
    facts: () => ({
      server: running?.url == null ? null : { url: running.url, token: trackingToken(vaultDir) },
      failure,
      status,
    }),
    start,
    async stop() {
      stopping = true;
      failure = null;
      if (running === null) return;
      const { child, gone } = running;
      child.send({ type: 'stop' } satisfies ToServer);
      const late = setTimeout(() => child.kill(), stopMs);
      await gone;
      clearTimeout(late);
    },
    revoke: () => void revokeTrackingToken(vaultDir),
  };
}

const withoutUndefined = ({
  code,
  message,
  hint,
}: {
  code: Failure['code'];
  message: string;
  hint?: string | undefined;
}): Failure => (hint === undefined ? { code, message } : { code, message, hint });

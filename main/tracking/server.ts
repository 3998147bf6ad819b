import { join } from 'node:path';
import type { TrackingStatus } from '../../shared/contract/tracking.ts';
import { createLog } from '../platform/log.ts';
import { appendAudit } from '../store/audit.ts';
import { transaction } from '../store/open.ts';
import { ensureStudy } from '../store/studies.ts';
import type { Vault } from '../store/vault.ts';
import { createWriteQueue } from '../store/write-queue.ts';
import { allRoutes } from './all-routes.ts';
import { createHandler } from './handle.ts';
import { listenOnLoopback } from './listen.ts';
import { routesOfOwnRun } from './own-run.ts';
import type { RouteContext } from './route.ts';
import { createRouter } from './router.ts';
import { vaultTokenInForce } from './token-in-force.ts';
import { watchClients } from './watch-clients.ts';

export type TrackingServerOptions = {
  /** Any that is free when absent or 0. */
  port?: number;
  /** 64 hex digits (`newToken` of main/store/tracking/token.ts); the vault's own token when absent. */
  token?: string;
  /** Path of a socket to listen on in the place of `port`, where a relay of ours listens. */
  socket?: string;
  /** The run that the server is there for. */
  run?: string;
};

export type TrackingServer = {
  /** `http://127.0.0.1:PORT`: the value for MLFLOW_TRACKING_URI. */
  url: string;
  port: number;
  /** In force at this moment: the value for MLFLOW_TRACKING_TOKEN. */
  token(): string;
  status(): TrackingStatus;
  /** Ends all connections; what was acknowledged is in the vault, which stays open. */
  close(): Promise<void>;
};

/**
 * Starts the MLflow-compatible server on a vault that is open for writing. It holds nothing but its port, so several may serve
 * one vault. Throws PORT_UNAVAILABLE or KEY_UNAVAILABLE.
 */
export async function startTrackingServer(vault: Vault, options: TrackingServerOptions = {}): Promise<TrackingServer> {
  const log = createLog(join(vault.dir, 'logs', 'tracking.log'), { '<vault>': vault.dir });
  const given = options.token;
  const token = given === undefined ? vaultTokenInForce(vault.dir) : () => given;
  transaction(vault.db, () => ensureStudy(vault.db, ''));
  const watch = watchClients(log, (reason) => appendAudit(vault, 'tracking.refused', { reason }));
  const context: RouteContext = { vault, write: createWriteQueue(vault).write, url: '' };
  const router = createRouter(options.run === undefined ? allRoutes : routesOfOwnRun(allRoutes, options.run));
  const listener = await listenOnLoopback({
    port: options.port ?? 0,
    socket: options.socket,
    onRefused: watch.onRefused,
    handler: (port) => createHandler({ context, router, port, token, ...watch, onUnexpected: log }),
  });
  context.url = `http://127.0.0.1:${listener.port}`;
  appendAudit(vault, 'tracking.started', { port: listener.port });
  return {
    url: context.url,
    port: listener.port,
    token,
    status: watch.status,
    async close() {
      await listener.close();
      appendAudit(vault, 'tracking.stopped', { requests: watch.status().requests });
    },
  };
}

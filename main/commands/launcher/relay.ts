import { connect, createServer, type Socket } from 'node:net';
import { deliverOver } from './deliver.ts';
import { Spool } from './spool.ts';
import { createStandIn } from './stand-in.ts';

export type RelayOptions = {
  /** Relative to the working folder. */
  socket: string;
  token: string;
  folder: string;
  /** Null: any that is free. */
  port: number | null;
  /** Called when the tracking server is found gone, and again every while until it is back. */
  onAway(): void;
  note(line: string): void;
};

export type Relay = {
  port: number;
  /** Resolves once everything spooled is with the server, or false after `ms`. */
  drained(ms: number): Promise<boolean>;
  close(): void;
};

const lookMs = 300;

/**
 * The address that a command's client knows. It belongs to the launcher, so it stays while the tracking server goes and comes
 * back: connections are passed on to the server's socket, and to a stand-in while that one is away. Bound to 127.0.0.1 only.
 */
export async function openRelay(options: RelayOptions): Promise<Relay> {
  const { socket, token, folder } = options;
  const spool = new Spool(folder);
  let away = spool.length > 0;
  let back = Promise.withResolvers<void>();
  let looking: NodeJS.Timeout | null = null;
  let port = 0;

  const whenBack = async (ms: number): Promise<boolean> => {
    if (!away) return true;
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ms).unref());
    return Promise.race([back.promise.then(() => true), late]);
  };
  const standIn = createStandIn({ token, spool, socket, whenBack, away: () => away, port: () => port });

  const goAway = (): void => {
    if (!away) back = Promise.withResolvers();
    away = true;
    looking ??= setTimeout(look, lookMs);
  };

  async function look(): Promise<void> {
    try {
      // Calls may be spooled while the last of them are handed over.
      do {
        await spool.drain((call) => deliverOver(socket, token, port, call, options.note));
        await reach(socket);
      } while (spool.length > 0);
      away = false;
      looking = null;
      back.resolve();
    } catch {
      options.onAway();
      looking = setTimeout(look, lookMs);
    }
  }

  const server = createServer({ allowHalfOpen: false }, (client) => {
    client.setNoDelay(true);
    client.on('error', () => client.destroy());
    if (away) return void standIn.emit('connection', client);
    client.pause();
    const upstream = connect(socket);
    let connected = false;
    upstream.on('connect', () => {
      connected = true;
      client.pipe(upstream).pipe(client);
      client.resume();
    });
    upstream.on('close', () => client.destroy());
    upstream.on('error', () => {
      goAway();
      if (connected) return void client.destroy();
      upstream.removeAllListeners('close');
      standIn.emit('connection', client);
      client.resume();
    });
    client.on('close', () => upstream.destroy());
  });
  port = await listen(server, options.port);
  // A server that starts together with its command, or has much to catch up with, counts as away until it answers.
  goAway();
  return {
    port,
    drained: whenBack,
    close() {
      if (looking !== null) clearTimeout(looking);
      server.close();
      standIn.close();
      standIn.closeAllConnections();
    },
  };
}

function listen(server: ReturnType<typeof createServer>, port: number | null): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port ?? 0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
}

function reach(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe: Socket = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve();
    });
    probe.once('error', reject);
  });
}

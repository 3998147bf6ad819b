import { chmodSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { AppError } from '../../shared/errors.ts';
import { Refusal } from './refusal.ts';

/** The one place where Wardbook listens on TCP, and only at this machine's own addresses (PRIVACY V2). */
export type Listener = { port: number; close(): Promise<void> };

export type ListenOptions = {
  /** 0 for any that is free. */
  port: number;
  /** A socket in the file system in the place of the port, which its relay has. */
  socket?: string | undefined;
  /** Told the port once it is known; gives what answers. */
  handler(port: number): RequestListener;
  onRefused(refusal: Refusal): void;
};

const limits = {
  maxHeaderSize: 16_384,
  // Missing and repeated Host headers are answered, and counted, by the guard.
  requireHostHeader: false,
  headersTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
  // Bodies have limits of their own: an upload may take an hour.
  requestTimeout: 0,
  // Training loops log every minute or so; a connection made anew each time would cost more than the call.
  keepAliveTimeout: 300_000,
  noDelay: true,
};
const mostHeaders = 64;
const mostConnections = 256;

/** Listens on 127.0.0.1 and, where there is one, on ::1, at the same port. Throws INPUT_INVALID when the port is taken. */
export async function listenOnLoopback(options: ListenOptions): Promise<Listener> {
  if (options.socket !== undefined) return listenOnSocket(options.socket, options);
  const first = serverFor(options);
  await bind(first, '127.0.0.1', options.port);
  const { port } = first.address() as { port: number };
  first.on('request', options.handler(port));
  const second = serverFor(options).on('request', options.handler(port));
  const servers = [first, ...((await bind(second, '::1', port).then(isTrue, isFalse)) ? [second] : [])];
  return {
    port,
    async close() {
      await Promise.all(servers.map(closeServer));
    },
  };
}

/** On a socket in the file system that only this user can reach; whoever relays to it listens at `port` (PRIVACY V1). */
async function listenOnSocket(path: string, options: ListenOptions): Promise<Listener> {
  const server = serverFor(options).on('request', options.handler(options.port));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return { port: options.port, close: () => closeServer(server) };
}

const isTrue = (): boolean => true;
/** A machine without IPv6, or with that port taken there: the other address does. */
const isFalse = (): boolean => false;

function serverFor({ onRefused }: ListenOptions): Server {
  const server = createServer(limits);
  server.maxHeadersCount = mostHeaders;
  server.maxConnections = mostConnections;
  // The rest of a broken request is broken too.
  const told = new WeakSet<Socket>();
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (told.has(socket)) return;
    told.add(socket);
    const refusal = refusalOf(error);
    if (refusal !== null) onRefused(refusal);
    // A connection that was reset cannot be told anything.
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else socket.end(`HTTP/1.1 ${refusal?.status ?? 400} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  });
  // Without a listener an upgrade is answered as the plain request that it also is.
  server.on('connect', (_request, socket) => socket.destroy());
  return server;
}

function refusalOf(error: NodeJS.ErrnoException): Refusal | null {
  if (error.code === 'ECONNRESET') return null;
  if (error.code === 'HPE_HEADER_OVERFLOW') return new Refusal('headers-too-large', 431, 'The headers are too large.');
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Refusal('too-slow', 400, 'The headers came too slowly.');
  return new Refusal('malformed', 400, 'This is not a valid HTTP request.');
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, port)));
    server.listen({ host, port, exclusive: true }, resolve);
  });
}

function portError(error: NodeJS.ErrnoException, port: number): unknown {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  const why = error.code === 'EADDRINUSE' ? 'is in use by another program' : 'may not be used by this user';
  return new AppError('PORT_UNAVAILABLE', `Port ${port} ${why}.`, 'Choose another port, or none for any that is free.');
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

import { Agent, type IncomingMessage, request } from 'node:http';
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { Readable } from 'node:stream';
import { AppError } from '../../../shared/errors.ts';

/**
 * The one place where Wardbook asks another program over a connection: a tracking server on this machine that a person named.
 * No name is ever looked up: an address is 127.0.0.0/8 or ::1 in digits, or `localhost`, which stands for these two.
 */
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

export type Address = { hosts: string[]; port: number; path: string };
export type LoopbackClient = {
  /** The answer's status and body. A redirection is an answer like any other and is not followed. */
  ask(
    method: string,
    path: string,
    body?: Uint8Array | Readable,
    type?: string,
  ): Promise<{ status: number; body: Buffer }>;
  close(): void;
};

const mostBytes = 256 * 2 ** 20;
const patienceMs = 120_000;

/** Throws ADDRESS_REFUSED for anything but `http:` on this machine. */
export function loopbackAddress(url: string): Address {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || parsed.protocol !== 'http:' || parsed.username !== '' || parsed.password !== '')
    throw refused();
  const host = parsed.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = parsed.port === '' ? 80 : Number(parsed.port);
  const path = parsed.pathname.replace(/\/+$/, '');
  if (host === 'localhost') return { hosts: ['127.0.0.1', '::1'], port, path };
  if (!isLoopback(host)) throw refused();
  return { hosts: [host], port, path };
}

const isLoopback = (host: string): boolean =>
  (isIPv4(host) && loopback.check(host, 'ipv4')) || (isIPv6(host) && loopback.check(host, 'ipv6'));

/** A client of that address only. `ask` throws SERVER_UNREACHABLE. */
export function createLoopbackClient(url: string, token: string | null): LoopbackClient {
  const { hosts, port, path: base } = loopbackAddress(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  let host: string | null = null;

  async function ask(at: string, method: string, path: string, body: Uint8Array | Readable | undefined, type: string) {
    return new Promise<{ status: number; body: Buffer }>((resolve, reject) => {
      const asking = request(
        {
          agent,
          host: at,
          port,
          method,
          path: base + path,
          timeout: patienceMs,
          headers: {
            ...(body === undefined ? {} : { 'content-type': type }),
            ...(body instanceof Uint8Array ? { 'content-length': body.length } : {}),
            ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          },
        },
        (answer) =>
          readBody(answer).then((content) => resolve({ status: answer.statusCode ?? 0, body: content }), reject),
      );
      asking.on('socket', (socket) => {
        // The address was in digits, so this holds by itself; it is checked where the bytes go all the same.
        const check = () => isLoopback(socket.remoteAddress ?? '') || asking.destroy(refused());
        if (socket.connecting) socket.once('connect', check);
        else check();
      });
      asking.on('timeout', () => asking.destroy(new Error('no answer')));
      asking.on('error', reject);
      if (body === undefined || body instanceof Uint8Array) asking.end(body);
      else body.on('error', (error) => asking.destroy(error)).pipe(asking);
    });
  }

  return {
    async ask(method, path, body, type = 'application/json') {
      let failure: unknown;
      for (const candidate of host === null ? hosts : [host]) {
        try {
          const answer = await ask(candidate, method, path, body, type);
          host = candidate;
          return answer;
        } catch (error) {
          if (error instanceof AppError) throw error;
          failure = error;
        }
      }
      throw new AppError(
        'SERVER_UNREACHABLE',
        `No server answers at port ${port} of this machine.`,
        'Start it (mlflow server --host 127.0.0.1), or name the port it listens on.',
        { cause: failure },
      );
    },
    close: () => agent.destroy(),
  };
}

async function readBody(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer) {
    bytes += (part as Buffer).length;
    if (bytes > mostBytes) throw new Error('the answer is too long');
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

const refused = (): AppError =>
  new AppError(
    'ADDRESS_REFUSED',
    'Only a tracking server on this machine can be copied to: http://127.0.0.1:PORT, http://localhost:PORT or http://[::1]:PORT. Nothing was sent.',
    'Start the server on this machine, or copy to a folder with --out.',
  );

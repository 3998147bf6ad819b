import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { Spool } from './spool.ts';
import { spooledAnswer } from './spooled-answer.ts';

const mostBytes = 16 * 2 ** 20;
/** Just under the two minutes after which the client gives a call up. */
const longestHoldMs = 100_000;

export type StandInOptions = {
  token: string;
  spool: Spool;
  socket: string;
  /** Whether calls are to be spooled at this moment: one that came before and was read slowly may be served already. */
  away(): boolean;
  /** Resolves when the tracking server is there and has everything that was spooled. */
  whenBack(ms: number): Promise<boolean>;
  port(): number;
};

/**
 * Answers in the place of the tracking server while that one is away: what only tells something is spooled and acknowledged at
 * once, everything else waits until the server is back. Asks for the same token and refuses the same callers (PRIVACY V3, V4).
 */
export function createStandIn(options: StandInOptions): Server {
  const expected = Buffer.from(`Bearer ${options.token}`);
  const server = createServer((call, answer) => {
    void serve(call, answer, options, expected).catch(() =>
      refuse(answer, 503, 'TEMPORARILY_UNAVAILABLE', 'Try again.'),
    );
  });
  server.requestTimeout = 0;
  return server;
}

async function serve(
  call: IncomingMessage,
  answer: ServerResponse,
  options: StandInOptions,
  expected: Buffer,
): Promise<void> {
  const { host, origin, authorization = '' } = call.headers;
  const given = Buffer.from(authorization);
  const site = call.headers['sec-fetch-site'];
  if ((host !== `127.0.0.1:${options.port()}` && host !== `localhost:${options.port()}`) || origin !== undefined) {
    return refuse(answer, 403, 'PERMISSION_DENIED', 'Only a client on this machine may call the tracking server.');
  }
  if (site !== undefined && site !== 'none') return refuse(answer, 403, 'PERMISSION_DENIED', 'Not from a web page.');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return refuse(answer, 401, 'UNAUTHENTICATED', 'The token is missing or wrong.');
  }
  const path = call.url ?? '/';
  const isJson = /^application\/json\b/.test(call.headers['content-type'] ?? '');
  const body = isJson ? await readBody(call) : null;
  if (isJson && body === null) return refuse(answer, 413, 'INVALID_PARAMETER_VALUE', 'The call is too long.');
  const quick = body === null ? null : spooledAnswer(call.method ?? '', path.split('?')[0]!, parsed(body));
  if (quick !== null && body !== null && options.away()) {
    options.spool.add({ path, body: body.toString('utf8') });
    return reply(answer, 200, quick);
  }
  if (!(await options.whenBack(longestHoldMs))) {
    return refuse(answer, 503, 'TEMPORARILY_UNAVAILABLE', 'The tracking server is not there.');
  }
  await forward(call, body, answer, options.socket);
}

function readBody(call: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    call.on('data', (part: Buffer) => {
      length += part.length;
      if (length > mostBytes) resolve(null);
      else parts.push(part);
    });
    call.on('end', () => resolve(Buffer.concat(parts)));
    call.on('error', reject);
  });
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

function forward(
  call: IncomingMessage,
  body: Buffer | null,
  answer: ServerResponse,
  socketPath: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const { method, url, headers } = call;
    const on = request({ socketPath, method, path: url, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, { ...reply.headers, connection: 'close' });
      reply.pipe(answer).on('finish', resolve).on('error', reject);
    });
    on.on('error', reject);
    if (body === null) call.pipe(on);
    else on.end(body);
  });
}

/** The connection ends with the answer: the next call finds out anew whether the server is back. */
function reply(answer: ServerResponse, status: number, value: unknown): void {
  if (answer.headersSent) return void answer.destroy();
  answer.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(value));
}

const refuse = (answer: ServerResponse, status: number, code: string, message: string): void =>
  reply(answer, status, { error_code: code, message });

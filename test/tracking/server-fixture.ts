import { rmSync } from 'node:fs';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import type { Vault } from '../../main/store/vault.ts';
import { startTrackingServer, type TrackingServer } from '../../main/tracking/server.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';

/** What came back, read as the test expects it. */
// biome-ignore lint/suspicious/noExplicitAny: a wrong shape fails the test that reads it
export type Json = any;
export type Reply = { status: number; headers: IncomingHttpHeaders; text: string; json: Json };
type Fields = Record<string, unknown>;
export type SendOptions = { headers?: Record<string, string>; body?: string | Buffer; token?: string | null };

/** The real server on a vault of its own, and a client that speaks to it over a real socket. */
export type TestServer = {
  vault: Vault;
  server: TrackingServer;
  send(method: string, path: string, options?: SendOptions): Promise<Reply>;
  /** A JSON call below `/api/2.0/mlflow/`: its fields in the query of a GET, in the body otherwise. */
  call(method: string, path: string, fields?: Fields): Promise<Reply>;
  /** As `call`, for one that must succeed: its JSON. */
  ok(method: string, path: string, fields?: Fields): Promise<Json>;
  close(): Promise<void>;
};

export async function startTestServer(): Promise<TestServer> {
  const folder = temporaryFolder();
  const vault = openTestVault(folder);
  const server = await startTrackingServer(vault);
  const agent = new Agent({ keepAlive: true });

  const send: TestServer['send'] = (method, path, { headers = {}, body, token = server.token() } = {}) =>
    new Promise((resolve, reject) => {
      const sent = request({
        host: '127.0.0.1',
        port: server.port,
        method,
        path,
        agent,
        headers: {
          ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
      });
      sent.on('error', reject).on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const isJson = response.headers['content-type'] === 'application/json';
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            text,
            json: isJson ? JSON.parse(text) : null,
          });
        });
      });
      sent.end(body);
    });

  const call: TestServer['call'] = (method, path, fields = {}) => {
    if (method === 'GET') return send('GET', `/api/2.0/mlflow/${path}?${queryOf(fields)}`);
    return send(method, `/api/2.0/mlflow/${path}`, {
      body: JSON.stringify(fields),
      headers: { 'Content-Type': 'application/json' },
    });
  };

  return {
    vault,
    server,
    send,
    call,
    async ok(method, path, fields) {
      const reply = await call(method, path, fields);
      if (reply.status !== 200) throw new Error(`${method} ${path} answered ${reply.status}: ${reply.text}`);
      return reply.json;
    },
    async close() {
      agent.destroy();
      await server.close();
      vault.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function queryOf(fields: Fields): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) query.append(key, String(one));
  }
  return query.toString();
}

/** Sends bytes as they are on a socket of its own and returns all that comes back until the server ends it. */
export function sendRaw(port: number, bytes: string | Buffer, waitMs = 20_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    const chunks: Buffer[] = [];
    const done = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(Buffer.concat(chunks).toString('latin1'));
    };
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error('the server kept the connection open'));
    }, waitMs);
    socket.on('data', (chunk) => chunks.push(chunk)).on('close', done);
    // A server that ends a connection in the middle of what is sent resets it.
    socket.on('error', () => {});
    socket.on('connect', () => socket.write(bytes));
  });
}

/** A run in a new experiment. */
export async function newRun(test: TestServer, fields: Fields = {}): Promise<{ run: string; experiment: string }> {
  const name = `experiment ${Math.random()}`;
  const { experiment_id: experiment } = await test.ok('POST', 'experiments/create', { name });
  const { run } = await test.ok('POST', 'runs/create', { experiment_id: experiment, start_time: 1000, ...fields });
  return { run: run.info.run_id, experiment };
}

import type { Readable } from 'node:stream';
import { AppError } from '../../../shared/errors.ts';
import { parseExactJson } from '../../platform/exact-json.ts';
import type { LoopbackClient } from './loopback-client.ts';

export type Json = Record<string, unknown>;

/** Calls of the MLflow REST API as a client makes them. Throws SERVER_REFUSED with what the server said. */
export type MlflowApi = {
  get(path: string, query: Record<string, string>): Promise<Json>;
  post(path: string, body: Json): Promise<Json>;
  patch(path: string, body: Json): Promise<Json>;
  /** As `get`, null where the server says that there is none. */
  find(path: string, query: Record<string, string>): Promise<Json | null>;
  put(path: string, body: Readable | Uint8Array): Promise<void>;
};

export function mlflowApi(client: LoopbackClient): MlflowApi {
  async function call(method: string, path: string, body?: Readable | Uint8Array, type?: string): Promise<Json> {
    const { status, body: answer } = await client.ask(method, path, body, type);
    const json = parse(answer.toString('utf8'));
    if (status === 200) return json;
    throw new ServerError(status, String(json['error_code'] ?? ''), String(json['message'] ?? '').slice(0, 300));
  }
  const address = (path: string, query: Record<string, string>): string =>
    `/api/2.0/mlflow/${path}?${new URLSearchParams(query)}`;
  const send = (method: string, path: string, body: Json): Promise<Json> =>
    call(method, `/api/2.0/mlflow/${path}`, Buffer.from(JSON.stringify(body)));
  return {
    get: (path, query) => call('GET', address(path, query)),
    post: (path, body) => send('POST', path, body),
    patch: (path, body) => send('PATCH', path, body),
    async find(path, query) {
      try {
        return await call('GET', address(path, query));
      } catch (error) {
        if (error instanceof ServerError && error.errorCode === 'RESOURCE_DOES_NOT_EXIST') return null;
        throw error;
      }
    },
    async put(path, body) {
      const encoded = path.split('/').map(encodeURIComponent).join('/');
      await call('PUT', `/api/2.0/mlflow-artifacts/artifacts/${encoded}`, body, 'application/octet-stream');
    },
  };
}

/** What a server refused, and why. */
export class ServerError extends AppError {
  readonly status: number;
  readonly errorCode: string;

  constructor(status: number, errorCode: string, message: string) {
    super(
      'SERVER_REFUSED',
      `The tracking server refused (${status}${errorCode === '' ? '' : ` ${errorCode}`})${message === '' ? '.' : `: ${message}`}`,
      status === 401 || status === 403 ? 'Give its token in MLFLOW_TRACKING_TOKEN.' : undefined,
    );
    this.status = status;
    this.errorCode = errorCode;
  }
}

function parse(text: string): Json {
  try {
    const value: unknown = parseExactJson(text);
    return typeof value === 'object' && value !== null ? (value as Json) : {};
  } catch {
    return {};
  }
}

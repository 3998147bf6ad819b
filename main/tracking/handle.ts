import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkOrigin, checkToken } from './guard.ts';
import { toMlflowError } from './mlflow-error.ts';
import { sendLinkPage } from './page.ts';
import { parseBody, queryInput, readBody } from './read-json.ts';
import { Refusal } from './refusal.ts';
import { endpointNotFound, sendError, sendJson, sendText } from './reply.ts';
import type { Input, JsonRoute, RouteContext } from './route.ts';
import type { Router } from './router.ts';

export type HandlerOptions = {
  context: RouteContext;
  router: Router;
  port: number;
  /** The token in force at this moment: it may be revoked while the server runs. */
  token(): string;
  onRequest(client: string): void;
  onRefused(refusal: Refusal): void;
  onUnexpected(what: string, error: unknown): void;
};

const defaultBodyLimit = 2 ** 20;

/** Answers one request: guard, route, input, work, reply. Every way out is an answer; nothing is thrown. */
export function createHandler(options: HandlerOptions): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(options, request, response).catch((error: unknown) => fail(options, request, response, error));
  };
}

async function answer(options: HandlerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { context, router, port } = options;
  checkOrigin(request, port);
  const target = request.url!;
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  if (path === '/' && request.method === 'GET') {
    sendLinkPage(response);
    return;
  }
  checkToken(request, options.token());
  options.onRequest(request.headers['user-agent'] ?? '');
  const found = router(request.method!, path);
  if (found === null) throw endpointNotFound(request.method!, path);
  const { route, params } = found;
  if ('stream' in route) {
    const query = new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1));
    await route.stream(context, { request, response, params, query });
    return;
  }
  const input = await readInput(request, route, mark < 0 ? '' : target.slice(mark + 1));
  const value = await route.handle(context, params === noParams ? input : { ...input, ...params });
  if (typeof value === 'string') sendText(response, value);
  else sendJson(response, value ?? {});
}

const noParams: Record<string, string> = {};

/** A GET has its fields in the query, and only an old client in a body; all others have a JSON body. */
async function readInput(request: IncomingMessage, route: JsonRoute, query: string): Promise<Input> {
  const { headers, method } = request;
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (method === 'GET' && (query !== '' || !hasBody)) return queryInput(new URLSearchParams(query));
  if (hasBody) checkContentType(headers['content-type'], headers['content-encoding']);
  const input = parseBody(await readBody(request, route.bodyLimit ?? defaultBodyLimit));
  return query === '' ? input : { ...queryInput(new URLSearchParams(query)), ...input };
}

function checkContentType(type: string | undefined, encoding: string | undefined): void {
  const plain = encoding === undefined || encoding === 'identity';
  if (plain && type !== undefined && /^application\/json(; ?charset=utf-8)?$/i.test(type)) return;
  throw new Refusal('content-type', 400, 'The body must be uncompressed JSON with Content-Type: application/json.');
}

function fail(options: HandlerOptions, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const known = toMlflowError(error);
  if (known instanceof Refusal) options.onRefused(known);
  else if (known.status === 500) options.onUnexpected(`${request.method} ${pathOf(request)}`, error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // What is left of a body is not read: the connection ends with the answer, as that of every refused request.
  const ends = !request.complete || known instanceof Refusal;
  sendError(response, known, ends);
  if (!request.complete) response.once('finish', () => request.socket.destroySoon());
}

/** Without its query, which may hold what a client searches for. */
const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?', 1)[0]!.slice(0, 100);

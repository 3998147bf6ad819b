import type { ServerResponse } from 'node:http';
import { JsonText } from './json-out.ts';
import { MlflowError } from './mlflow-error.ts';

const fixed = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };

/** 200 with a JSON object: the only success a client knows. */
export function sendJson(response: ServerResponse, value: unknown): void {
  send(response, 200, 'application/json', value instanceof JsonText ? value.text : JSON.stringify(value));
}

export function sendText(response: ServerResponse, text: string): void {
  send(response, 200, 'text/plain; charset=utf-8', text);
}

/** `close`: the connection ends with this answer. */
export function sendError(response: ServerResponse, error: MlflowError, close: boolean): void {
  if (close) response.setHeader('Connection', 'close');
  if (error.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="wardbook"');
  if (error.status === 503) response.setHeader('Retry-After', '1');
  send(response, error.status, 'application/json', JSON.stringify({ error_code: error.code, message: error.message }));
}

/** Clients look for this very code to learn what a server cannot do. */
export function endpointNotFound(method: string, path: string): MlflowError {
  return new MlflowError('ENDPOINT_NOT_FOUND', `There is no ${method} ${path.slice(0, 200)} here.`);
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text), ...fixed });
  response.end(text);
}

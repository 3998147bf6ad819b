import type { IncomingMessage } from 'node:http';
import { parseExactJson } from '../platform/exact-json.ts';
import { isObject } from './fields.ts';
import { invalid, type MlflowError } from './mlflow-error.ts';
import { Refusal } from './refusal.ts';
import type { Input } from './route.ts';

const deepest = 16;
/** A body must go on within so long, and be whole within the longer one: nobody keeps a connection by sending a byte a minute. */
const idleMs = 10_000;
const wholeMs = 120_000;

/** The bytes of a body of at most `limit`. Throws Refusal for one that is longer or too slow. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limit) return Promise.reject(tooLarge(limit));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const idle = setTimeout(() => fail(tooSlow()), idleMs);
    const whole = setTimeout(() => fail(tooSlow()), wholeMs);
    const stop = (): void => {
      clearTimeout(idle);
      clearTimeout(whole);
      request.off('data', take).off('end', end).off('error', fail).off('close', cut);
    };
    const take = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > limit) fail(tooLarge(limit));
      else chunks.push(chunk);
      idle.refresh();
    };
    const end = (): void => {
      stop();
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    };
    const fail = (error: Error): void => {
      stop();
      reject(error);
    };
    const cut = (): void => fail(new Refusal('cut-off', 400, 'The request ended before its body was whole.'));
    request.on('data', take).on('end', end).on('error', fail).on('close', cut);
  });
}

/** The object in a JSON body. Whole numbers that a double cannot hold come as bigint. Throws for anything else. */
export function parseBody(body: Buffer): Input {
  if (body.length === 0) return {};
  if (depthOf(body) > deepest) {
    throw new Refusal('too-deep', 400, `The JSON of this request is nested more than ${deepest} levels deep.`);
  }
  const text = body.toString('utf8');
  let value: unknown;
  try {
    value = parseExactJson(text);
  } catch {
    throw invalid('The body of this request is not valid JSON.');
  }
  if (!isObject(value)) throw invalid('The body of this request is not a JSON object.');
  return value;
}

/** How deep brackets nest, those in texts left out; counting stops where the answer is known. */
function depthOf(body: Buffer): number {
  let depth = 0;
  let most = 0;
  let inText = false;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i]!;
    if (inText) {
      if (byte === 0x5c) i++;
      else if (byte === 0x22) inText = false;
    } else if (byte === 0x22) inText = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > most) most = depth;
      if (most > deepest) return most;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return most;
}

/** A query as input: a repeated key is a list. */
export function queryInput(query: URLSearchParams): Input {
  const input: Input = {};
  for (const [key, value] of query) {
    const before = input[key];
    if (before === undefined) input[key] = value;
    else if (Array.isArray(before)) before.push(value);
    else input[key] = [before, value];
  }
  return input;
}

function tooLarge(limit: number): Refusal {
  return new Refusal('too-large', 413, `The body of this request is larger than ${limit} bytes.`);
}

function tooSlow(): MlflowError {
  return new Refusal('too-slow', 400, 'The body of this request came too slowly.');
}

import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

/**
 * What every request must satisfy before its path is looked at (PRIVACY V4): the Host is this very address, no browser page
 * sent it, and its target is a plain path. Throws Refusal.
 */
export function checkOrigin(request: IncomingMessage, port: number): void {
  const { host, origin } = request.headers;
  if (countHosts(request.rawHeaders) !== 1 || (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`)) {
    throw new Refusal('foreign-host', 403, 'This server answers at its own loopback address only.');
  }
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined || (site !== undefined && site !== 'none')) {
    throw new Refusal('foreign-origin', 403, 'This server does not answer requests of web pages.');
  }
  if (request.method === 'OPTIONS') throw new Refusal('options', 403, 'This server does not answer OPTIONS.');
  const target = request.url ?? '';
  if (!target.startsWith('/') || target.length > longestTarget) {
    throw new Refusal('malformed', 400, 'The target of this request is not a path of a sensible length.');
  }
}

/** A search lists at most some hundred ids in its query. */
const longestTarget = 16_000;

function countHosts(rawHeaders: string[]): number {
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) if (rawHeaders[i]!.toLowerCase() === 'host') hosts++;
  return hosts;
}

/**
 * The token as a bearer token, or as the password of any user (PRIVACY V3). The comparison takes the same time wherever they
 * differ. Throws Refusal.
 */
export function checkToken(request: IncomingMessage, token: string): void {
  const given = givenToken(request.headers.authorization);
  if (given === null) {
    throw new Refusal(
      'no-token',
      401,
      'This server asks for its token: set MLFLOW_TRACKING_TOKEN to the one that Wardbook shows.',
    );
  }
  if (!timingSafeEqual(digest(given), digestOfToken(token))) {
    throw new Refusal('wrong-token', 401, 'This is not the token of this server: copy the one that Wardbook shows.');
  }
}

function givenToken(header: string | undefined): string | null {
  if (header === undefined) return null;
  const [scheme, value] = header.split(' ', 2);
  if (value === undefined) return null;
  if (/^bearer$/i.test(scheme!)) return value;
  if (!/^basic$/i.test(scheme!)) return null;
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : text.slice(colon + 1);
}

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

let inForce: { token: string; digest: Buffer } = { token: '', digest: digest('') };

/** The token changes rarely, and is asked for at every request. */
function digestOfToken(token: string): Buffer {
  if (inForce.token !== token) inForce = { token, digest: digest(token) };
  return inForce.digest;
}

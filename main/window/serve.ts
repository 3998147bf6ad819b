import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { confine } from './confine.ts';
import { isAppUrl, securityHeaders } from './policy.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Answers the requests of the app's own pages with files of `root`; anything else is 404 with the same headers. */
export function serveApp(root: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const headers = new Headers(securityHeaders.map(([name, value]): [string, string] => [name, value]));
    const reading = request.method === 'GET' || request.method === 'HEAD';
    const file = reading && isAppUrl(request.url) ? confine(root, new URL(request.url).pathname) : null;
    const type = file === null ? undefined : types[extname(file)];
    // Chromium asks for one by itself; the window's icon is the package's.
    if (isAppUrl(request.url) && new URL(request.url).pathname === '/favicon.ico')
      return new Response(null, { status: 204, headers });
    if (file === null || type === undefined) return new Response(null, { status: 404, headers });
    headers.set('content-type', type);
    return new Response(await readFile(file), { headers });
  };
}

import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/**
 * The links that clients print end in `/#/experiments/E/runs/R`. This script turns one into a link of the app; the part after
 * the hash never reaches the server (PRIVACY V3).
 */
const script = `const run = /^#\\/experiments\\/[\\w-]{1,64}\\/runs\\/([0-9a-f]{32})(?:[/?]|$)/.exec(location.hash);
if (run !== null) location.replace('wardbook://run/' + run[1]);`;

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Wardbook</title>
<p>This is the address that Wardbook gives to training scripts. Runs open in the Wardbook app.</p>
<script>${script}</script>
</html>
`;

const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Length': Buffer.byteLength(page),
  'Content-Security-Policy': `default-src 'none'; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** A constant page: it reads nothing and tells nothing, so it is the one that asks for no token. */
export function sendLinkPage(response: ServerResponse): void {
  response.writeHead(200, headers);
  response.end(page);
}

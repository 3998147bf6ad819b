import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/**
 * The links that clients print end in `/#/experiments/E` and `/#/experiments/E/runs/R`. This script says in words which run or
 * study that is and turns it into a link of the app; the part after the hash never reaches the server (PRIVACY V3). Where nothing
 * is registered for such links the words stay, with the commands that do the same.
 */
const script = `const show = () => {
  const [, study, run] = /^#\\/experiments\\/(0|[1-9]\\d{0,14})(?:\\/runs\\/([0-9a-f]{32}))?(?:[/?]|$)/.exec(location.hash) ?? [];
  const found = run !== undefined ? ['Run', run] : study !== undefined ? ['Study number', study] : null;
  document.getElementById('found').hidden = found === null;
  document.getElementById('nothing').hidden = found !== null;
  if (found === null) return;
  const link = run !== undefined ? 'wardbook://run/' + run : 'wardbook://study/' + study;
  document.getElementById('what').textContent = found.join(' ');
  document.getElementById('open').href = link;
  document.getElementById('app').textContent = 'wardbook-app ' + link;
  document.getElementById('cli').textContent = run !== undefined ? 'wardbook show ' + run : 'wardbook study list';
  return link;
};
show();
// Once the words are on the screen: a browser may stop what it draws when it is sent elsewhere.
const follow = () => setTimeout(() => {
  const link = show();
  if (link !== undefined) location.replace(link);
}, 100);
addEventListener('load', follow);
addEventListener('hashchange', follow);`;

const style = `body { max-width: 40em; margin: 4em auto; padding: 0 1.5em; font: 14px/1.6 system-ui, sans-serif; color-scheme: light dark }
h1 { font-size: 1.4em; overflow-wrap: anywhere } pre { overflow-wrap: anywhere; white-space: pre-wrap }`;

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Wardbook</title>
<style>${style}</style>
<main id="nothing">
<h1>Wardbook</h1>
<p>This is the address that Wardbook gives to training scripts. Runs open in the Wardbook app.</p>
</main>
<main id="found" hidden>
<h1 id="what"></h1>
<p><a id="open">Open in Wardbook</a></p>
<p>If nothing opens, this machine does not know such links. The same from a terminal:</p>
<pre id="app"></pre>
<p>On the command line:</p>
<pre id="cli"></pre>
</main>
<script>${script}</script>
</html>
`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Length': Buffer.byteLength(page),
  'Content-Security-Policy': `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** A constant page: it reads nothing and tells nothing, so it is the one that asks for no token. */
export function sendLinkPage(response: ServerResponse): void {
  response.writeHead(200, headers);
  response.end(page);
}

/**
 * A custom scheme needs Electron; here the pages of `app://<host>/` are served at `https://<host>.invalid/`, a name that by
 * RFC 2606 belongs to nobody. Main only ever sees `app://` addresses.
 */
const appScheme = 'app:';
const suffix = '.invalid';

/** Where the host's own requests (calls, events) go, under the page's origin. */
export const hostPath = '/__host/';

export function toBrowserUrl(url: string): string {
  const parsed = new URL(url);
  if (parsed.protocol !== appScheme) return url;
  return `https://${parsed.host}${suffix}${parsed.pathname}${parsed.search}${parsed.hash}`;
}

export function toAppUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' || !parsed.hostname.endsWith(suffix) || parsed.port !== '') return url;
  return `app://${parsed.hostname.slice(0, -suffix.length)}${parsed.pathname}${parsed.search}${parsed.hash}`;
}

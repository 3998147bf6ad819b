/** The closed doors of the window as tables: each line a rule and its reason. PRIVACY.md's ids are in brackets. */

export const appScheme = 'app';
export const appHost = 'wardbook';
export const appOrigin = `${appScheme}://${appHost}`;

/** Header of every response of the app's own pages [N6, E4]. */
const contentSecurityPolicy: readonly (readonly [directive: string, why: string])[] = [
  ["default-src 'none'", 'what is not named below does not load'],
  ["script-src 'self'", 'only files of the build; nothing inline, no eval'],
  ["style-src 'self'", 'only files of the build'],
  ["img-src 'self' data: blob:", 'figures made in the page'],
  ["font-src 'self'", 'fonts ship with the app'],
  ["connect-src 'self'", 'no request to any other origin, of any kind'],
  ["worker-src 'none'", 'a service worker would answer in our place'],
  ["frame-src 'none'", 'no page inside the page'],
  ["object-src 'none'", 'no plug-ins'],
  ["base-uri 'none'", 'relative addresses cannot be bent'],
  ["form-action 'none'", 'a form sends nowhere'],
  ["frame-ancestors 'none'", 'the page is in no other page'],
  // Forms stay: without this their submit event, which the page handles itself, would not come.
  ['sandbox allow-scripts allow-same-origin allow-forms', 'no windows, no downloads, no modal boxes, no printing'],
  ["require-trusted-types-for 'script'", 'text becomes HTML or script only through a named policy'],
];
export const contentSecurityHeader = contentSecurityPolicy.map(([directive]) => directive).join('; ');

/** Other headers of every response. */
export const securityHeaders: readonly (readonly [name: string, value: string])[] = [
  ['content-security-policy', contentSecurityHeader],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['x-dns-prefetch-control', 'off'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), bluetooth=()'],
  ['cache-control', 'no-store'],
];

/** Settings of every window [E1]. */
export const webPreferences = {
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  experimentalFeatures: false,
  allowRunningInsecureContent: false,
  /** Its dictionaries come from a server [T18]. */
  spellcheck: false,
  /** Without `persist:` a partition lives in memory [R4]. */
  partition: 'wardbook',
} as const;

/** Switches for Electron's Chromium [N4]; the Chromium host has its own list. */
export const chromiumSwitches: readonly (readonly [name: string, value: string | undefined, why: string])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND', 'no name resolves'],
  ['no-proxy-server', undefined, 'no proxy, and no search for one (WPAD)'],
  ['disable-background-networking', undefined, 'nothing of Chromium’s own asks the network'],
  ['disable-component-update', undefined, 'no component downloads'],
  ['disable-domain-reliability', undefined, 'no beacons'],
  ['dns-prefetch-disable', undefined, 'no look-ups ahead'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp', 'no UDP, so no STUN'],
  ['disable-breakpad', undefined, 'no crash dumps [E19]'],
];

/** A packaged app quits when one of these is on its command line: each opens it to another program [E19]. */
export const refusedArguments: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^--?remote-debugging-(port|pipe|address)/, 'drives the page from outside'],
  [/^--?inspect/, 'debugger of the main process'],
  [/^--?js-flags/, 'changes the engine'],
  [/^--?load-extension/, 'code that is not ours'],
  [/^--?(proxy-server|proxy-pac-url|host-rules)/, 'sends requests elsewhere'],
  [/^--?(disable-web-security|no-sandbox|allow-running-insecure-content)/, 'opens a closed door'],
];

/** The first refused argument, or null. */
export function refusedArgument(args: readonly string[]): string | null {
  return args.find((argument) => refusedArguments.some(([pattern]) => pattern.test(argument))) ?? null;
}

/** Whether an address belongs to the app's own pages, by parsing it: never by a prefix. */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${appScheme}:` && host === appHost && username === '' && password === '';
}

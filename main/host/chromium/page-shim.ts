import { hostPath } from './addresses.ts';
import { decode, encode } from './codec.ts';

/**
 * What `require('electron')` gives the preload script on the Chromium host. It runs in the page before any script of the page
 * and talks to main by requests to the page's own origin, which main answers itself; nothing reaches a network. Bundled to
 * `page-shim.js`, which defines `wardbookShim`.
 */
declare const location: { origin: string };

// biome-ignore lint/style/noRestrictedGlobals: the host's own door to main, under the page's own origin
const request = fetch;
const listeners = new Map<string, ((event: unknown, payload: unknown) => void)[]>();
let polling = false;

async function post(path: string, body: unknown): Promise<unknown> {
  const response = await request(`${location.origin}${hostPath}${path}`, { method: 'POST', body: encode(body) });
  if (!response.ok) throw new Error(`${path} was refused`);
  return decode(new Uint8Array(await response.arrayBuffer()));
}

/** One request is always waiting at main for the next events. */
async function poll(): Promise<void> {
  for (;;) {
    try {
      const events = (await post('events', null)) as [channel: string, payload: unknown][];
      for (const [channel, payload] of events)
        for (const listener of listeners.get(channel) ?? []) listener(null, payload);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}

export const electron = {
  contextBridge: {
    exposeInMainWorld(name: string, api: unknown) {
      Object.defineProperty(globalThis, name, { value: deepFreeze(api), enumerable: true });
    },
  },
  ipcRenderer: {
    invoke: (channel: string, ...args: unknown[]) => post('invoke', [channel, ...args]),
    on(channel: string, listener: (event: unknown, payload: unknown) => void) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      if (!polling) {
        polling = true;
        void poll();
      }
    },
    removeListener(channel: string, listener: (event: unknown, payload: unknown) => void) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((each) => each !== listener),
      );
    },
  },
};

import { contextBridge, ipcRenderer } from 'electron';
import { callChannel, eventChannel, refusedChannel } from './ipc/channels.ts';

/** Of the page; this room knows no DOM. */
declare function addEventListener(name: string, listener: (event: { blockedURI: string }) => void): void;

type Handler = (payload: unknown) => void;
const handlers = new Map<string, Set<Handler>>();

ipcRenderer.on(eventChannel, (_event, [name, payload]: [string, unknown]) => {
  for (const handler of handlers.get(name) ?? []) handler(payload);
});

// Counted in main: what the policy refuses never becomes a request that main could see.
addEventListener('securitypolicyviolation', (event: { blockedURI: string }) => {
  if (/^(https?|wss?):/.test(event.blockedURI)) void ipcRenderer.invoke(refusedChannel).catch(() => {});
});

contextBridge.exposeInMainWorld('api', {
  call: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(callChannel, name, input),
  on: (name: string, handler: Handler): (() => void) => {
    const set = handlers.get(name) ?? new Set();
    handlers.set(name, set.add(handler));
    return () => void set.delete(handler);
  },
});

import { contextBridge, ipcRenderer } from 'electron';
import { callChannel, eventChannel } from './ipc/channels.ts';

type Handler = (payload: unknown) => void;
const handlers = new Map<string, Set<Handler>>();

ipcRenderer.on(eventChannel, (_event, [name, payload]: [string, unknown]) => {
  for (const handler of handlers.get(name) ?? []) handler(payload);
});

contextBridge.exposeInMainWorld('api', {
  call: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(callChannel, name, input),
  on: (name: string, handler: Handler): (() => void) => {
    const set = handlers.get(name) ?? new Set();
    handlers.set(name, set.add(handler));
    return () => void set.delete(handler);
  },
});

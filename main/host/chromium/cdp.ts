import type { Readable, Writable } from 'node:stream';

export type CdpMessage = { method: string; params: Record<string, unknown>; sessionId: string | null };

/**
 * Client of the Chrome DevTools Protocol over the two pipes of `--remote-debugging-pipe`: JSON messages, each ended by a NUL.
 * There is no TCP port. `sessionId` names a target (flat sessions); null is the browser itself.
 */
export type Cdp = {
  /** Rejects when the browser answers with an error or goes away. */
  send<T = Record<string, unknown>>(
    method: string,
    params?: Record<string, unknown>,
    sessionId?: string | null,
  ): Promise<T>;
  onMessage(listener: (message: CdpMessage) => void): void;
  /** Called once, when the pipe has closed: every pending command has been rejected by then. */
  onClose(listener: () => void): void;
};

type Pending = { resolve(value: never): void; reject(error: Error): void; method: string };

export function connectPipe(toBrowser: Writable, fromBrowser: Readable): Cdp {
  const pending = new Map<number, Pending>();
  const listeners: ((message: CdpMessage) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let nextId = 1;
  let closed = false;
  let parts: Buffer[] = [];

  const receive = (text: string) => {
    const message = JSON.parse(text) as {
      id?: number;
      method?: string;
      params?: Record<string, unknown>;
      sessionId?: string;
      result?: never;
      error?: { message: string };
    };
    if (message.id === undefined) {
      const event = {
        method: message.method ?? '',
        params: message.params ?? {},
        sessionId: message.sessionId ?? null,
      };
      for (const listener of listeners) listener(event);
      return;
    }
    const waiting = pending.get(message.id);
    pending.delete(message.id);
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result as never);
  };

  const close = () => {
    if (closed) return;
    closed = true;
    for (const { reject, method } of pending.values()) reject(new Error(`${method}: the browser has closed`));
    pending.clear();
    for (const listener of closeListeners) listener();
  };

  fromBrowser.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      parts.push(rest.subarray(0, end));
      const text = Buffer.concat(parts).toString('utf8');
      parts = [];
      rest = rest.subarray(end + 1);
      receive(text);
    }
    if (rest.length > 0) parts.push(rest);
  });
  fromBrowser.on('close', close);
  fromBrowser.on('error', close);
  toBrowser.on('error', close);

  return {
    send(method, params = {}, sessionId = null) {
      if (closed) return Promise.reject(new Error(`${method}: the browser has closed`));
      const id = nextId++;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject, method });
        toBrowser.write(`${JSON.stringify({ id, method, params, ...(sessionId === null ? {} : { sessionId }) })}\0`);
      });
    },
    onMessage: (listener) => void listeners.push(listener),
    onClose: (listener) => void closeListeners.push(listener),
  };
}

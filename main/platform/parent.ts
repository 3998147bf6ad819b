/** Electron's utilityProcess gives its children `process.parentPort`; only what is used here. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
};

export type Parent = {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Sends everything still waiting, then ends this process. */
  exit(code: number): void;
};

/** The other end of `startChild`, on either host. When the parent goes away this process ends. */
export function connectToParent(): Parent {
  const port = (process as { parentPort?: ParentPort }).parentPort;
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', (event) => listener(event.data)),
      // Messages are posted to another thread of the browser process: give them a moment to leave.
      exit: (code) => void setTimeout(() => process.exit(code), 100),
    };
  }
  process.on('disconnect', () => process.exit(1));
  let sent: Promise<void> = Promise.resolve();
  return {
    send: (message) => {
      const before = sent;
      sent = new Promise((resolve) => {
        if (process.send === undefined || !process.connected) resolve();
        else process.send(message, undefined, undefined, () => void before.then(resolve));
      });
    },
    onMessage: (listener) => void process.on('message', listener),
    exit: (code) => void sent.then(() => process.exit(code)),
  };
}

import { EventEmitter } from 'node:events';
import type { HostContents, HostFrame, HostInvokeEvent } from '../host.ts';
import { hostPath, toAppUrl, toBrowserUrl } from './addresses.ts';
import type { Browser, Target } from './browser.ts';
import type { CdpMessage } from './cdp.ts';
import { decode, encode } from './codec.ts';
import type { ChromiumSession } from './session.ts';
import { stoppable } from './stoppable.ts';

export type Invoke = (event: HostInvokeEvent, channel: string, args: unknown[]) => Promise<unknown>;

type Paused = {
  requestId: string;
  frameId: string;
  resourceType: string;
  request: { url: string; method: string; postDataEntries?: { bytes?: string }[] };
};

/** One page: every request it makes is paused and answered here, by main, or fails. */
export class ChromiumContents extends EventEmitter implements HostContents {
  readonly mainFrame: HostFrame & { url: string } = { url: '' };
  readonly #browser: Browser;
  readonly #session: ChromiumSession;
  readonly #invoke: Invoke;
  #target: Target | null = null;
  #destroyed = false;
  #events: [channel: string, payload: unknown][] = [];
  /** The page's waiting request for events. */
  #poll: string | null = null;

  readonly #size: { width: number; height: number };

  constructor(browser: Browser, session: ChromiumSession, invoke: Invoke, size: { width: number; height: number }) {
    super();
    this.#size = size;
    this.#browser = browser;
    this.#session = session;
    this.#invoke = invoke;
    browser.cdp.onMessage((message) => this.#receive(message));
    browser.cdp.onClose(() => this.#destroy());
  }

  getURL = (): string => this.mainFrame.url;
  isDestroyed = (): boolean => this.#destroyed;

  /** Nothing to keep: every window that a page opens is closed before it runs, which is the only answer main gives. */
  setWindowOpenHandler(): void {}

  /** Chromium takes this from its profile (browser.ts), before any page. */
  setWebRTCIPHandlingPolicy(): void {}

  send(channel: string, payload: unknown): void {
    if (this.#destroyed) return;
    this.#events.push([channel, payload]);
    this.#deliver();
  }

  async load(url: string, script: string | null): Promise<void> {
    if (this.#target === null) {
      this.#target = await this.#browser.openTarget(toBrowserUrl(url));
      await this.#prepare(script);
    }
    const loaded = new Promise<void>((resolve) => this.once('dom-ready', resolve));
    await this.#command('Page.navigate', { url: toBrowserUrl(url) });
    await loaded;
  }

  async close(): Promise<void> {
    const targetId = this.#target?.targetId;
    if (targetId !== undefined && !this.#destroyed) await this.#browser.cdp.send('Target.closeTarget', { targetId });
  }

  async focus(): Promise<void> {
    if (this.#target !== null) await this.#command('Page.bringToFront').catch(() => {});
  }

  #command(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    return this.#browser.cdp.send(method, params, this.#target?.sessionId ?? null);
  }

  async #prepare(script: string | null): Promise<void> {
    // Sent together: the browser handles them in order, and the page stays paused until the last one.
    const commands = [
      this.#command('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
      this.#command('Page.enable'),
      this.#command('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      ...(script === null ? [] : [this.#command('Page.addScriptToEvaluateOnNewDocument', { source: script })]),
      this.#command('Runtime.runIfWaitingForDebugger'),
    ];
    await Promise.all(commands);
    const targetId = this.#target?.targetId;
    const { windowId } = await this.#browser.cdp.send('Browser.getWindowForTarget', { targetId });
    await this.#browser.cdp.send('Browser.setWindowBounds', { windowId, bounds: this.#size });
  }

  #receive({ method, params, sessionId }: CdpMessage): void {
    if (method === 'Target.targetDestroyed' || method === 'Target.detachedFromTarget') {
      if (params['sessionId'] === this.#target?.sessionId) this.#destroy();
      return;
    }
    if (sessionId === null || sessionId !== this.#target?.sessionId) return;
    if (method === 'Fetch.requestPaused') void this.#answer(params as Paused);
    else if (method === 'Page.domContentEventFired') {
      // A window of its own first shows Chromium's page for an unknown address, before requests are answered here.
      if (this.mainFrame.url.startsWith('app:')) this.emit('dom-ready');
    } else if (method === 'Inspector.targetCrashed') this.emit('render-process-gone', {}, { reason: 'crashed' });
    else if (method === 'Page.frameNavigated') {
      const { id, url, parentId } = params['frame'] as { id: string; url: string; parentId?: string };
      if (parentId === undefined && id === this.#target.targetId) this.mainFrame.url = toAppUrl(url);
    }
  }

  async #answer({ requestId, frameId, resourceType, request }: Paused): Promise<void> {
    const url = toAppUrl(request.url);
    const isMain = frameId === this.#target?.targetId;
    try {
      if (new URL(url).pathname.startsWith(hostPath) && sameOrigin(url, this.mainFrame.url)) {
        return await this.#answerHost(url, requestId, isMain, body(request.postDataEntries));
      }
      if (resourceType === 'Document' && !this.#mayNavigate(url, isMain)) return await this.#fail(requestId, 'Aborted');
      const response = await this.#session.answer(url, request.method);
      if (response === null) {
        return await this.#fail(requestId, resourceType === 'Document' ? 'Aborted' : 'BlockedByClient');
      }
      await this.#fulfil(
        requestId,
        response.status,
        [...response.headers],
        new Uint8Array(await response.arrayBuffer()),
      );
    } catch {
      await this.#fail(requestId, 'Failed').catch(() => {});
    }
  }

  /** Asks main's listeners; the address that is shown already may always be loaded again. */
  #mayNavigate(url: string, isMain: boolean): boolean {
    const details = Object.assign(stoppable(), { url });
    this.emit('will-frame-navigate', details);
    if (isMain) this.emit('will-navigate', details);
    return !details.prevented;
  }

  async #answerHost(url: string, requestId: string, isMain: boolean, bytes: Uint8Array): Promise<void> {
    const path = new URL(url).pathname.slice(hostPath.length);
    if (path === 'events' && isMain) {
      // A page that was loaded anew asks again: the request of the old one can no longer be answered.
      this.#poll = requestId;
      return this.#deliver();
    }
    if (path !== 'invoke') return this.#fail(requestId, 'BlockedByClient');
    const [channel, ...args] = decode(bytes) as [string, ...unknown[]];
    const senderFrame = isMain ? this.mainFrame : { url: '' };
    const value = await this.#invoke({ sender: this, senderFrame }, channel, args);
    await this.#fulfil(requestId, 200, [['content-type', 'application/octet-stream']], encode(value));
  }

  #deliver(): void {
    if (this.#poll === null || this.#events.length === 0) return;
    const requestId = this.#poll;
    const events = this.#events;
    this.#poll = null;
    this.#events = [];
    this.#fulfil(requestId, 200, [['content-type', 'application/octet-stream']], encode(events)).catch(() => {});
  }

  async #fulfil(requestId: string, status: number, headers: [string, string][], bytes: Uint8Array): Promise<void> {
    await this.#command('Fetch.fulfillRequest', {
      requestId,
      responseCode: status,
      responseHeaders: headers.map(([name, value]) => ({ name, value })),
      body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
    });
  }

  async #fail(requestId: string, errorReason: string): Promise<void> {
    await this.#command('Fetch.failRequest', { requestId, errorReason });
  }

  #destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#events = [];
    this.emit('destroyed');
  }
}

function sameOrigin(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).host === new URL(b).host;
}

function body(entries: { bytes?: string }[] | undefined): Uint8Array {
  return Buffer.concat((entries ?? []).map(({ bytes }) => Buffer.from(bytes ?? '', 'base64')));
}

import { EventEmitter } from 'node:events';
import type { CallbackResponse, OnBeforeRequestListenerDetails } from 'electron';
import type { HostSession } from '../host.ts';

type RequestListener = (
  details: Pick<OnBeforeRequestListenerDetails, 'url'>,
  callback: (response: CallbackResponse) => void,
) => void;
type SchemeHandler = (request: Request) => Response | Promise<Response>;

/**
 * A session as main sees it. Permissions, downloads and spell checking need no handler here: Chromium is started with all of
 * them refused (switches.ts), and main's handlers can only say the same.
 */
export class ChromiumSession extends EventEmitter implements HostSession {
  #before: RequestListener = (_details, callback) => callback({});
  readonly #schemes = new Map<string, SchemeHandler>();

  readonly protocol = {
    handle: (scheme: string, handler: SchemeHandler) => void this.#schemes.set(`${scheme}:`, handler),
  };
  readonly webRequest = {
    onBeforeRequest: (listener: RequestListener) => {
      this.#before = listener;
    },
  };

  setPermissionRequestHandler(): void {}
  setPermissionCheckHandler(): void {}
  setDevicePermissionHandler(): void {}
  setSpellCheckerEnabled(): void {}
  setSpellCheckerDictionaryDownloadURL(): void {}

  /** Asks `onBeforeRequest`, then the handler of the scheme; null when either refuses. */
  async answer(url: string, method: string): Promise<Response | null> {
    const { cancel } = await new Promise<CallbackResponse>((resolve) => this.#before({ url }, resolve));
    const handler = this.#schemes.get(new URL(url).protocol);
    if (cancel === true || handler === undefined) return null;
    return handler(new Request(url, { method }));
  }
}

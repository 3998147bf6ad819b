import type { LinkTarget } from '../../shared/contract/settings.ts';
import type { Host, HostWindow } from '../host/host.ts';
import { linkAmong, linkScheme, readRunLink } from './run-link.ts';

export type LinkFollower = {
  /** The link that came last and was not followed yet, once; null when there is none. */
  take(): LinkTarget | null;
  /** The window and how to tell its page, from now on, that a link waits; the page asks for it, so that none is lost while it loads. */
  ready(window: HostWindow, tell: () => void): void;
};

/**
 * Links from outside into the app: on the command line of the first start, on that of a second one, and from macOS as an event. An
 * installed app asks the system to send it such links; the same request again changes nothing.
 * @param args the command line without the program
 */
export function followLinks(app: Host['app'], args: readonly string[]): LinkFollower {
  let waiting = linkAmong(args);
  let shown: { window: HostWindow; tell: () => void } | null = null;
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);

  const follow = (link: LinkTarget | null) => {
    if (link !== null) waiting = link;
    if (shown === null) return;
    if (shown.window.isMinimized()) shown.window.restore();
    shown.window.focus();
    if (link !== null) shown.tell();
  };
  app.on('second-instance', (_event, argv) => follow(linkAmong(argv)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    follow(readRunLink(url));
  });

  return {
    take() {
      const link = waiting;
      waiting = null;
      return link;
    },
    ready(window, tell) {
      shown = { window, tell };
    },
  };
}

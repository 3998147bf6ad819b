import type { LinkTarget } from '../../shared/contract/settings.ts';

/** The scheme of links from outside into the app: what `/` of the tracking server makes of the links that clients print. */
export const linkScheme = 'wardbook';

const shape = /^wardbook:\/\/(?:run\/([0-9a-f]{32})|study\/(0|[1-9]\d{0,14}))\/?$/;

/**
 * What a link from outside leads to; null for anything but `wardbook://run/<id>` and `wardbook://study/<number>`. Any web page can
 * make the system call such a link, so nothing else is read from it: no path, no query, no fragment (PRIVACY V3).
 */
export function readRunLink(text: string): LinkTarget | null {
  const found = shape.exec(text);
  if (found === null) return null;
  return found[1] !== undefined ? { run: found[1] } : { study: Number(found[2]) };
}

/** The link on a command line, as the system starts the app with it; the last one when there are several. */
export function linkAmong(args: readonly string[]): LinkTarget | null {
  return args.map(readRunLink).findLast((link) => link !== null) ?? null;
}

import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { Host, HostWindow } from '../../main/host/host.ts';
import { followLinks } from '../../main/window/follow-links.ts';
import { linkAmong, readRunLink } from '../../main/window/run-link.ts';

const id = '0123456789abcdef0123456789abcdef';

test('a link names a run by its id or a study by its number', () => {
  expect(readRunLink(`wardbook://run/${id}`)).toEqual({ run: id });
  expect(readRunLink(`wardbook://run/${id}/`)).toEqual({ run: id });
  expect(readRunLink('wardbook://study/0')).toEqual({ study: 0 });
  expect(readRunLink('wardbook://study/42')).toEqual({ study: 42 });
});

test.each([
  '',
  'wardbook://',
  'wardbook://run/',
  `wardbook://run/${id.toUpperCase()}`,
  `wardbook://run/${id}0`,
  `wardbook://run/${id}/artifacts`,
  `wardbook://run/${id}?tab=log`,
  `wardbook://run/${id}#x`,
  `wardbook://run/${id}\n`,
  `wardbook://run/../settings`,
  `wardbook://user@run/${id}`,
  `wardbook:run/${id}`,
  `Wardbook://run/${id}`,
  `xwardbook://run/${id}`,
  `https://run/${id}`,
  `file:///run/${id}`,
  'wardbook://study/',
  'wardbook://study/-1',
  'wardbook://study/01',
  'wardbook://study/1e3',
  'wardbook://study/9999999999999999',
  'wardbook://settings/1',
  '--vault=wardbook://run/x',
])('%j leads nowhere', (text) => {
  expect(readRunLink(text)).toBeNull();
});

test('of a command line only the link is read, and the last one counts', () => {
  expect(linkAmong(['--vault', '/v'])).toBeNull();
  expect(linkAmong(['--vault', '/v', `wardbook://run/${id}`, 'wardbook://study/2', 'x'])).toEqual({ study: 2 });
});

/** Electron's application and window, as far as links touch them. */
function parts(isPackaged: boolean) {
  const calls: string[] = [];
  const app = Object.assign(new EventEmitter(), {
    isPackaged,
    setAsDefaultProtocolClient: (scheme: string) => {
      calls.push(`register ${scheme}`);
      return true;
    },
  });
  let minimized = true;
  const window = {
    isMinimized: () => minimized,
    restore: () => {
      minimized = false;
      calls.push('restore');
    },
    focus: () => calls.push('focus'),
  };
  return { calls, emitter: app, app: app as unknown as Host['app'], window: window as unknown as HostWindow };
}

test('an installed app asks for such links; a checkout does not', () => {
  const installed = parts(true);
  followLinks(installed.app, []);
  expect(installed.calls).toEqual(['register wardbook']);
  const checkout = parts(false);
  followLinks(checkout.app, []);
  expect(checkout.calls).toEqual([]);
});

test('the link that started the app waits for its page, and is given once', () => {
  const follower = followLinks(parts(false).app, [`wardbook://run/${id}`]);
  expect(follower.take()).toEqual({ run: id });
  expect(follower.take()).toBeNull();
});

test('a second start brings the window to the front and its link waits; without one, or with anything else, none does', () => {
  const { app, emitter, window, calls } = parts(false);
  const follower = followLinks(app, []);
  follower.ready(window, () => calls.push('tell'));
  emitter.emit('second-instance', {}, ['wardbook', 'wardbook://study/3']);
  expect(follower.take()).toEqual({ study: 3 });
  emitter.emit('second-instance', {}, ['wardbook', 'wardbook://study/3/../../settings']);
  emitter.emit('second-instance', {}, ['wardbook']);
  expect(follower.take()).toBeNull();
  expect(calls).toEqual(['restore', 'focus', 'tell', 'focus', 'focus']);
});

test('macOS sends the link as an event, before the window is there too', () => {
  const { app, emitter, window, calls } = parts(false);
  const follower = followLinks(app, []);
  let prevented = 0;
  const event = { preventDefault: () => prevented++ };
  emitter.emit('open-url', event, `wardbook://run/${id}`);
  expect(follower.take()).toEqual({ run: id });
  follower.ready(window, () => calls.push('tell'));
  emitter.emit('open-url', event, 'wardbook://study/1');
  expect(follower.take()).toEqual({ study: 1 });
  emitter.emit('open-url', event, 'https://example.org/');
  expect(follower.take()).toBeNull();
  expect(calls).toEqual(['restore', 'focus', 'tell', 'focus']);
  expect(prevented).toBe(3);
});

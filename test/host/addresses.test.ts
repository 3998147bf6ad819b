import { expect, test } from 'vitest';
import { toAppUrl, toBrowserUrl } from '../../main/host/chromium/addresses.ts';

test('an address of the app and the browser’s form of it are the same page, both ways', () => {
  const url = 'app://wardbook/assets/a.js?v=1#top';
  expect(toBrowserUrl(url)).toBe('https://wardbook.invalid/assets/a.js?v=1#top');
  expect(toAppUrl(toBrowserUrl(url))).toBe(url);
});

test.each([
  'https://example.com/',
  'https://wardbook.invalid:444/',
  'http://wardbook.invalid/',
  'https://invalid/',
  'data:text/plain,x',
  'nonsense',
])('any other address stays what it is: %s', (url) => expect(toAppUrl(url)).toBe(url));

import { expect, test } from 'vitest';
import { contentSecurityHeader, isAppUrl, refusedArgument, webPreferences } from '../../main/window/policy.ts';

test('PRIVACY E1: every window is isolated, sandboxed and without Node', () => {
  expect(webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    experimentalFeatures: false,
    allowRunningInsecureContent: false,
    spellcheck: false,
  });
  expect(webPreferences.partition).not.toMatch(/^persist:/);
});

test('PRIVACY E4, N6: the policy allows nothing inline, no eval and no other origin', () => {
  expect(contentSecurityHeader).not.toMatch(/unsafe|\*|https?:/);
  for (const directive of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ]) {
    expect(contentSecurityHeader.split('; ')).toContain(directive);
  }
});

test.each([
  '--remote-debugging-port=9222',
  '--remote-debugging-pipe',
  '--inspect-brk',
  '--js-flags=--x',
  '--load-extension=x',
  '-inspect',
])('PRIVACY E19: %s on the command line ends a packaged app', (argument) =>
  expect(refusedArgument(['wardbook', argument])).toBe(argument),
);

test('ordinary arguments are not refused', () => {
  expect(refusedArgument(['wardbook', '--vault', '/data/inspect', 'wardbook://run/1'])).toBeNull();
});

test.each([
  'app://wardbook.evil/',
  'app://evil/app://wardbook/',
  'https://wardbook/',
  'app://wardbook:1/',
  'app:wardbook',
  'data:text/html,x',
  '',
])('%j is not an address of the app', (url) => expect(isAppUrl(url)).toBe(false));

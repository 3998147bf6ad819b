import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { confine } from '../../main/window/confine.ts';
import { serveApp } from '../../main/window/serve.ts';

const parent = realpathSync(mkdtempSync(join(tmpdir(), 'wardbook-serve-')));
const root = join(parent, 'data');
mkdirSync(join(root, 'assets'), { recursive: true });
mkdirSync(join(parent, 'data-evil'));
writeFileSync(join(root, 'index.html'), '<p>page</p>');
writeFileSync(join(root, 'assets', 'a b.js'), '1');
writeFileSync(join(root, 'notes.exe'), 'x');
writeFileSync(join(parent, 'secret.js'), 'secret');
writeFileSync(join(parent, 'data-evil', 'x.js'), 'secret');
symlinkSync(join(parent, 'secret.js'), join(root, 'link.js'));
symlinkSync(join(parent, 'data-evil'), join(root, 'linked'));

const outside = [
  '/../secret.js',
  '/assets/../../secret.js',
  '/%2e%2e/secret.js',
  '/%2E%2E%2Fsecret.js',
  '/..%2fsecret.js',
  '/%252e%252e/secret.js',
  '/..%5csecret.js',
  '/..\\secret.js',
  '/../data-evil/x.js',
  '//etc/passwd',
  '/C:/Windows/win.ini',
  '/index.html%00.js',
  '/index.html%0a',
  '/link.js',
  '/linked/x.js',
  '/assets',
  '/assets/',
  '/',
  '',
  'index.html',
  '/./index.html',
  '/%',
  '/%zz',
  '/not-there.js',
];

test.each(outside)('%j names no file inside the served folder', (path) => {
  expect(confine(root, path)).toBeNull();
});

test('a file inside is found, its name decoded once', () => {
  expect(confine(root, '/index.html')).toBe(join(root, 'index.html'));
  expect(confine(root, '/assets/a%20b.js')).toBe(join(root, 'assets', 'a b.js'));
});

test('every answer, found or not, carries the content security policy, and unknown kinds of file are not served', async () => {
  const serve = serveApp(root);
  const answers = await Promise.all(
    ['index.html', 'not-there.js', 'notes.exe'].map((path) => serve(new Request(`app://wardbook/${path}`))),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 404]);
  for (const answer of answers)
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
  expect((await serve(new Request('app://other/index.html'))).status).toBe(404);
  expect((await serve(new Request('app://wardbook/index.html', { method: 'POST' }))).status).toBe(404);
});

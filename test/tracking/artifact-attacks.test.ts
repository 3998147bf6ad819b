import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { artifactSegments } from '../../main/tracking/artifact-path.ts';
import { newRun, startTestServer, type TestServer } from './server-fixture.ts';

let it: TestServer;
let run: string;
let experiment: string;
const secret = 'a secret beside the artifacts';
beforeAll(async () => {
  it = await startTestServer();
  ({ run, experiment } = await newRun(it));
  await it.send('PUT', `${root()}/folder/file.txt`, { body: 'inside' });
  writeFileSync(join(it.vault.dir, 'runs', run, 'secret.txt'), secret);
});
afterAll(() => it.close());

const base = '/api/2.0/mlflow-artifacts/artifacts';
const root = () => `${base}/${experiment}/${run}/artifacts`;
const refusals = (reason: string): number =>
  it.server.status().refused.find((one) => one.reason === reason)?.count ?? 0;

/** Ways to write `../secret.txt`, as they stand in a request's target. */
const traversals = [
  '../secret.txt',
  'folder/../../secret.txt',
  '%2e%2e/secret.txt',
  '.%2e/secret.txt',
  '%2E%2E%2Fsecret.txt',
  '..%2fsecret.txt',
  '..%5csecret.txt',
  '..\\secret.txt',
  '%252e%252e/secret.txt',
  '%252e%252e%252fsecret.txt',
  '%25252e%25252e/secret.txt',
  '..%c0%afsecret.txt',
  '%c0%ae%c0%ae/secret.txt',
  '%u002e%u002e/secret.txt',
  'folder/./../../secret.txt',
  'folder//../../secret.txt',
];
const others = [
  'file.txt%00.png',
  '%00',
  '/etc/passwd',
  '%2fetc%2fpasswd',
  'C:/Windows/win.ini',
  'c%3a%5cWindows',
  'folder/C:secret',
  'folder%5cfile.txt',
  '%5c%5cserver%5cshare',
  '.',
  './file',
  'folder/',
  'line%0abreak',
  'delete%7f',
  `${'a'.repeat(256)}`,
  `${'a/'.repeat(2_100)}a`,
  'file%E4.txt',
];

test.each([...traversals, ...others])('PUT, GET and DELETE of %s are refused and counted', async (path) => {
  for (const method of ['PUT', 'GET', 'DELETE']) {
    // One slash at the end of a folder is its usual way of writing.
    if (method === 'DELETE' && path === 'folder/') continue;
    const before = refusals('path');
    const reply = await it.send(method, `${root()}/${path}`, method === 'PUT' ? { body: 'mine' } : {});
    expect([method, reply.status, reply.text]).toEqual([
      method,
      400,
      JSON.stringify({ error_code: 'INVALID_PARAMETER_VALUE', message: 'Invalid path' }),
    ]);
    expect(refusals('path')).toBe(before + 1);
  }
});

test.each(traversals)('lists and downloads by query refuse %s', async (path) => {
  const decodedOnce = path.replace(/%(u002e)/g, '.');
  const queries = [
    `${base}?path=${experiment}/${run}/artifacts/${path}`,
    `/api/2.0/mlflow/artifacts/list?run_id=${run}&path=${path}`,
    `/ajax-api/2.0/mlflow/artifacts/list?run_id=${run}&path=${encodeURIComponent(decodedOnce)}`,
    `/get-artifact?run_id=${run}&path=${path}`,
  ];
  for (const query of queries) {
    const reply = await it.send('GET', query);
    expect(reply.text).not.toContain(secret);
    // What is not decoded by a query is a name that does not exist, never a way out.
    if (/%c0|%u/.test(path)) expect(reply.json.files ?? []).toEqual([]);
    else expect([query, reply.status, reply.json.message]).toEqual([query, 400, 'Invalid path']);
  }
});

test('nothing of all this was written or lost anywhere in the vault', () => {
  expect(readFileSync(join(it.vault.dir, 'runs', run, 'secret.txt'), 'utf8')).toBe(secret);
  expect(readdirSync(join(it.vault.dir, 'runs', run)).sort()).toEqual(['artifacts', 'secret.txt']);
  expect(readdirSync(join(it.vault.dir, 'runs', run, 'artifacts'), { recursive: true }).sort()).toEqual([
    'folder',
    join('folder', 'file.txt'),
  ]);
  expect(readdirSync(join(it.vault.dir, 'incoming'))).toEqual([]);
});

test('a symbolic link is not followed, to a file or through a folder, in any direction', async () => {
  const artifacts = join(it.vault.dir, 'runs', run, 'artifacts');
  const outside = join(it.vault.dir, 'runs', run, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'file.txt'), secret);
  rmSync(join(artifacts, 'folder'), { recursive: true });
  symlinkSync(outside, join(artifacts, 'folder'));
  const through = `${root()}/folder/file.txt`;
  expect((await it.send('GET', through)).json.message).toBe('Invalid path');
  expect((await it.send('PUT', through, { body: 'mine' })).json.message).toBe('Invalid path');
  expect(readFileSync(join(outside, 'file.txt'), 'utf8')).toBe(secret);

  await it.send('PUT', `${root()}/plain.txt`, { body: 'mine' });
  rmSync(join(artifacts, 'plain.txt'));
  symlinkSync(join(outside, 'file.txt'), join(artifacts, 'plain.txt'));
  expect((await it.send('GET', `${root()}/plain.txt`)).json.message).toBe('Invalid path');
  expect((await it.send('GET', `/get-artifact?run_id=${run}&path=plain.txt`)).json.message).toBe('Invalid path');
  // An upload puts a file in the place of the link, and leaves what it pointed to.
  expect((await it.send('PUT', `${root()}/plain.txt`, { body: 'new' })).status).toBe(200);
  expect((await it.send('DELETE', `${root()}/folder`)).status).toBe(200);
  expect(readFileSync(join(outside, 'file.txt'), 'utf8')).toBe(secret);
});

test('a run of another experiment is not reached under this one, and other forms of a path are none', async () => {
  const other = await newRun(it);
  const before = refusals('foreign-id');
  for (const method of ['PUT', 'GET', 'DELETE']) {
    const reply = await it.send(method, `${base}/${experiment}/${other.run}/artifacts/x`);
    expect([method, reply.json.error_code]).toEqual([method, 'RESOURCE_DOES_NOT_EXIST']);
  }
  expect((await it.send('GET', `${base}?path=${experiment}/${other.run}/artifacts`)).status).toBe(404);
  expect(refusals('foreign-id')).toBe(before + 4);
  for (const path of [
    run,
    `${experiment}/${run}`,
    `${experiment}/${run}/secret.txt`,
    `${experiment}/${run}/artifacts`,
  ]) {
    expect((await it.send('PUT', `${base}/${path}`, { body: 'x' })).json.message).toBe('Invalid path');
  }
  expect((await it.send('GET', `${base}/${experiment}/${'0'.repeat(32)}/artifacts/x`)).status).toBe(404);
});

test('uploads ask for the token before anything is read, and leave nothing without it', async () => {
  const reply = await it.send('PUT', `${root()}/unasked.txt`, { body: 'x'.repeat(10_000), token: null });
  expect(reply.status).toBe(401);
  expect(readdirSync(join(it.vault.dir, 'incoming'))).toEqual([]);
});

test('names that Windows reserves are refused where it runs', () => {
  for (const path of ['con', 'NUL.txt', 'a/com1', 'trailing.', 'space ', 'a:b', 'a|b', 'what?']) {
    expect(() => artifactSegments(path, true)).toThrow('Invalid path');
  }
  expect(artifactSegments('what? a|b', false)).toEqual(['what? a|b']);
});

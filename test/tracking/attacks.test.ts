import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAudit } from '../../main/store/audit.ts';
import { revokeTrackingToken } from '../../main/store/tracking/token.ts';
import { sendRaw, startTestServer, type TestServer } from './server-fixture.ts';

let it: TestServer;
beforeAll(async () => {
  it = await startTestServer();
});
afterAll(() => it.close());

const refusals = (reason: string): number =>
  it.server.status().refused.find((one) => one.reason === reason)?.count ?? 0;
const search = '/api/2.0/mlflow/experiments/get?experiment_id=0';
const json = { 'Content-Type': 'application/json' };

test('every route asks for the token, health too, and says so in 401', async () => {
  for (const path of ['/health', '/version', search, '/api/3.0/mlflow/server-info', '/nowhere', '/index.html']) {
    const before = refusals('no-token');
    const reply = await it.send('GET', path, { token: null });
    expect([path, reply.status, reply.json.error_code]).toEqual([path, 401, 'UNAUTHENTICATED']);
    expect(refusals('no-token')).toBe(before + 1);
  }
  expect((await it.send('GET', '/health')).text).toBe('OK');
});

test('a wrong token is refused: other, shorter, longer, empty, in the query, as user name', async () => {
  const right = it.server.token();
  const before = refusals('wrong-token');
  for (const token of ['f'.repeat(64), right.slice(1), `${right}0`, right.toUpperCase()]) {
    expect((await it.send('GET', search, { token })).status).toBe(401);
  }
  expect(refusals('wrong-token')).toBe(before + 4);
  const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  expect((await it.send('GET', search, { token: null, headers: basic(`${right}:`) })).status).toBe(401);
  expect((await it.send('GET', search, { token: null, headers: basic(right) })).status).toBe(401);
  expect((await it.send('GET', `${search}&token=${right}`, { token: null })).status).toBe(401);
  expect((await it.send('GET', search, { token: null, headers: basic(`anyone:${right}`) })).status).toBe(200);
});

test('a revoked token is refused within a second or so, and the new one taken', async () => {
  const old = it.server.token();
  const next = revokeTrackingToken(it.vault.dir);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect((await it.send('GET', search, { token: old })).status).toBe(401);
  expect((await it.send('GET', search, { token: next })).status).toBe(200);
});

test('a Host that is not this very address is refused', async () => {
  const { port } = it.server;
  const hosts = ['evil.example', `evil.example:${port}`, '127.0.0.1', 'localhost', `127.0.0.1:${port + 1}`];
  hosts.push(`[::1]:${port}`, `localhost.:${port}`, `LOCALHOST:${port}`, `127.1:${port}`, `0.0.0.0:${port}`);
  for (const host of hosts) {
    const before = refusals('foreign-host');
    expect([host, (await it.send('GET', search, { headers: { Host: host } })).status]).toEqual([host, 403]);
    expect(refusals('foreign-host')).toBe(before + 1);
  }
  expect((await it.send('GET', search, { headers: { Host: `localhost:${port}` } })).status).toBe(200);
  const lines = [`GET ${search} HTTP/1.1`, `Authorization: Bearer ${it.server.token()}`];
  expect(await sendRaw(port, `${lines.join('\r\n')}\r\n\r\n`)).toMatch(/^HTTP\/1.1 403/);
  const twice = [...lines, `Host: 127.0.0.1:${port}`, 'Host: evil.example'];
  expect(await sendRaw(port, `${twice.join('\r\n')}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 403/);
});

test('the target must be a path, not another address', async () => {
  const { port } = it.server;
  const absolute = `GET http://127.0.0.1:${port}/health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`;
  expect(await sendRaw(port, absolute)).toMatch(/^HTTP\/1.1 400/);
  expect(await sendRaw(port, `CONNECT evil.example:443 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)).toBe('');
});

test('any Origin, a request of another site and OPTIONS are refused, and no answer allows a page anything', async () => {
  for (const Origin of ['null', 'http://evil.example', `http://127.0.0.1:${it.server.port}`]) {
    expect((await it.send('GET', search, { headers: { Origin } })).status).toBe(403);
    expect((await it.send('GET', '/', { headers: { Origin }, token: null })).status).toBe(403);
  }
  for (const site of ['cross-site', 'same-site', 'same-origin']) {
    expect((await it.send('GET', search, { headers: { 'Sec-Fetch-Site': site } })).status).toBe(403);
  }
  const options = await it.send('OPTIONS', search);
  expect([options.status, refusals('options')]).toEqual([403, 1]);
  for (const reply of [options, await it.send('GET', search), await it.send('GET', '/')]) {
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(reply.headers['set-cookie']).toBeUndefined();
  }
});

test('the one page without a token is constant, runs only its own script and holds nothing of the vault', async () => {
  const page = await it.send('GET', '/', { token: null });
  expect(page.status).toBe(200);
  expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'sha256-[\w+/=]{44}';/);
  expect(page.text).toContain('wardbook://run/');
  expect((await it.send('GET', '/?a=b', { token: null })).text).toBe(page.text);
});

test('a body that is not plain JSON is refused', async () => {
  const path = '/api/2.0/mlflow/experiments/create';
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonp']) {
    const reply = await it.send('POST', path, { body: '{"name":"a"}', headers: { 'Content-Type': type } });
    expect([type, reply.status]).toEqual([type, 400]);
  }
  const packed = { ...json, 'Content-Encoding': 'gzip' };
  expect((await it.send('POST', path, { body: '{"name":"a"}', headers: packed })).status).toBe(400);
  for (const body of ['{', '[]', '"a"', '{"name":NaN}', "{'name':'a'}"]) {
    const reply = await it.send('POST', path, { body, headers: json });
    expect([body, reply.status, reply.json.error_code]).toEqual([body, 400, 'INVALID_PARAMETER_VALUE']);
  }
});

test('100 MB of JSON are refused before they are read, declared or not', async () => {
  const { port } = it.server;
  const head = `POST /api/2.0/mlflow/experiments/create HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${it.server.token()}\r\nContent-Type: application/json\r\n`;
  const declared = await sendRaw(port, `${head}Content-Length: 100000000\r\n\r\n{"name":"`);
  expect(declared).toMatch(/^HTTP\/1.1 413/);
  const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
  const before = process.memoryUsage.rss();
  const streamed = await sendRaw(port, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(1_600)}0\r\n\r\n`);
  expect(streamed === '' || streamed.startsWith('HTTP/1.1 413')).toBe(true);
  expect(process.memoryUsage.rss() - before).toBeLessThan(400 * 2 ** 20);
  expect(refusals('too-large')).toBe(2);
  expect((await it.send('GET', '/health')).status).toBe(200);
});

test('JSON nested 10,000 deep, or 17, is refused; 16 is not', async () => {
  const path = '/api/2.0/mlflow/experiments/create';
  const nested = (depth: number) => `{"name":"n${depth}","x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  for (const depth of [17, 10_000]) {
    const reply = await it.send('POST', path, { body: nested(depth), headers: json });
    expect([depth, reply.status]).toEqual([depth, 400]);
  }
  expect(refusals('too-deep')).toBe(2);
  expect((await it.send('POST', path, { body: nested(16), headers: json })).status).toBe(200);
  const inText = `{"name":"${'['.repeat(100)}"}`;
  expect((await it.send('POST', path, { body: inText, headers: json })).status).toBe(200);
});

test('a flood of headers is refused', async () => {
  const { port } = it.server;
  const start = `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
  expect(await sendRaw(port, `${start}X-Long: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431/);
  const many = Array.from({ length: 10_000 }, (_, i) => `X-${i}: a`).join('\r\n');
  expect(await sendRaw(port, `${start}${many}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431/);
  expect(await sendRaw(port, `not http at all\r\n\r\n`)).toMatch(/^HTTP\/1.1 400/);
  expect(refusals('headers-too-large')).toBe(2);
  expect((await it.send('GET', '/health')).status).toBe(200);
});

test('a client that sends its headers or its body byte by byte loses its connection', { timeout: 30_000 }, async () => {
  const { port } = it.server;
  const slowHeaders = sendRaw(port, `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `);
  const slowBody = sendRaw(
    port,
    `POST /api/2.0/mlflow/experiments/create HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${it.server.token()}\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{`,
  );
  expect((await slowHeaders).slice(0, 12)).toBe('HTTP/1.1 400');
  expect((await slowBody).slice(0, 12)).toBe('HTTP/1.1 400');
  expect(refusals('too-slow')).toBe(2);
});

test('refusals are in the local log, and the first of each kind in the audit log', () => {
  const log = readFileSync(join(it.vault.dir, 'logs', 'tracking.log'), 'utf8');
  expect(log).toMatch(/refused a request \(foreign-host\)/);
  const audited = listAudit(it.vault, 100, null)
    .entries.filter((entry) => entry.action === 'tracking.refused')
    .map((entry) => entry.detail['reason']);
  expect(new Set(audited).size).toBe(audited.length);
  expect(audited).toEqual(expect.arrayContaining(['no-token', 'wrong-token', 'foreign-host', 'options', 'too-large']));
  expect(log).not.toContain(it.server.token());
});

test('tokens of earlier servers stay unknown, and only the token file of the vault holds one', () => {
  expect(readFileSync(join(it.vault.dir, 'keys', 'tracking-token'), 'utf8').trim()).toBe(it.server.token());
  expect(it.server.token()).toMatch(/^[0-9a-f]{64}$/);
});

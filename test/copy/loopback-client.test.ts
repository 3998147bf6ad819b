import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createLoopbackClient, loopbackAddress } from '../../main/copy/replay/loopback-client.ts';

describe('the only address that is ever asked', () => {
  test.each([
    'http://example.org:5000',
    'http://10.0.0.5:5000',
    'http://192.168.1.1',
    'http://0.0.0.0:5000',
    'http://[::]:5000',
    'http://[::ffff:10.0.0.1]:5000',
    'http://169.254.169.254/',
    'http://localhost.example.org:5000',
    'http://127.0.0.1.nip.io:5000',
    'http://user:secret@127.0.0.1:5000',
    'https://127.0.0.1:5000',
    'file:///etc/passwd',
    'ftp://127.0.0.1',
    'databricks',
    '',
  ])('is not %s', (url) => {
    expect(() => loopbackAddress(url)).toThrow(expect.objectContaining({ code: 'ADDRESS_REFUSED' }));
    expect(() => createLoopbackClient(url, null)).toThrow(expect.objectContaining({ code: 'ADDRESS_REFUSED' }));
  });

  test.each([
    ['http://127.0.0.1:5000/', ['127.0.0.1'], 5000, ''],
    ['http://127.3.2.1/mlflow/', ['127.3.2.1'], 80, '/mlflow'],
    // A browser's address parser writes all of these as 127.0.0.1.
    ['http://2130706433:81', ['127.0.0.1'], 81, ''],
    ['http://0x7f.1:81', ['127.0.0.1'], 81, ''],
    ['http://[::1]:5000', ['::1'], 5000, ''],
    ['http://LOCALHOST:5000', ['127.0.0.1', '::1'], 5000, ''],
  ])('is %s', (url, hosts, port, path) => {
    expect(loopbackAddress(url)).toEqual({ hosts, port, path });
  });

  test('is not left by a redirection, and a server that is not there is said so', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.writeHead(302, { location: 'http://example.org/elsewhere' }).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const client = createLoopbackClient(`http://localhost:${port}/base`, 'token');
    expect((await client.ask('GET', '/x')).status).toBe(302);
    expect(asked).toEqual(['GET /base/x Bearer token']);
    client.close();
    await new Promise((resolve) => server.close(resolve));
    const gone = createLoopbackClient(`http://127.0.0.1:${port}`, null);
    await expect(gone.ask('GET', '/x')).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
    gone.close();
  });
});

import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { showRun } from '../../main/store/run-detail.ts';
import { writeSettings } from '../../main/store/settings.ts';
import { newRun, startTestServer, type TestServer } from './server-fixture.ts';

let it: TestServer;
let run: string;
let experiment: string;
beforeAll(async () => {
  it = await startTestServer();
  ({ run, experiment } = await newRun(it));
});
afterAll(() => it.close());

const base = '/api/2.0/mlflow-artifacts/artifacts';
const root = () => `${base}/${experiment}/${run}/artifacts`;
const put = (path: string, body: string | Buffer) => it.send('PUT', `${root()}/${path}`, { body });
const onDisk = (path: string) => join(it.vault.dir, 'runs', run, 'artifacts', path);
const sha256 = (body: string | Buffer) => createHash('sha256').update(body).digest('hex');

/** Without a Content-Length; the status of the answer. */
const putInChunks = (path: string, body?: Buffer): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request({
      port: it.server.port,
      method: 'PUT',
      path: `${root()}/${path}`,
      headers: { Authorization: `Bearer ${it.server.token()}`, 'Transfer-Encoding': 'chunked' },
    });
    sent.on('error', reject).on('response', (response) => resolve(response.resume().statusCode!));
    sent.end(body);
  });

test('an uploaded file is in the vault with its hash, private, listed, and comes back byte for byte', async () => {
  const body = randomBytes(300_000);
  const reply = await put('model/weights.bin', body);
  expect([reply.status, reply.json]).toEqual([200, {}]);
  expect(showRun(it.vault, run).artifacts).toContainEqual({
    path: 'model/weights.bin',
    bytes: 300_000,
    sha256: sha256(body),
  });
  expect(readFileSync(onDisk('model/weights.bin'))).toEqual(body);
  expect(statSync(onDisk('model/weights.bin')).mode & 0o777).toBe(0o600);
  expect(statSync(onDisk('model')).mode & 0o777).toBe(0o700);
  const back = await it.send('GET', `${root()}/model/weights.bin`);
  expect(back.status).toBe(200);
  expect(back.headers['content-length']).toBe('300000');
  expect((await it.send('GET', `/get-artifact?run_id=${run}&path=model/weights.bin`)).headers['content-length']).toBe(
    '300000',
  );
  expect(readdirSync(join(it.vault.dir, 'incoming'))).toEqual([]);
});

test('an empty file that comes in chunks without a length is a file of no bytes', async () => {
  expect(await putInChunks('empty.txt')).toBe(200);
  expect(statSync(onDisk('empty.txt')).size).toBe(0);
  expect((await it.send('GET', `${root()}/empty.txt`)).text).toBe('');
});

test('whatever a file holds, it comes as a download that no browser shows', async () => {
  await put('page.html', '<script>alert(1)</script>');
  const { headers } = await it.send('GET', `${root()}/page.html`);
  expect(headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-disposition': "attachment; filename*=UTF-8''page.html",
  });
  expect(headers).not.toHaveProperty('access-control-allow-origin');
});

test('folders are listed one level at a time: names for the artifact store, paths from the root for the run', async () => {
  await put('plots/a/one.txt', '1');
  await put('plots/two.txt', '22');
  const listed = await it.send('GET', `${base}?path=${experiment}/${run}/artifacts/plots`);
  expect(listed.json.files).toEqual([
    { path: 'a', is_dir: true },
    { path: 'two.txt', is_dir: false, file_size: 2 },
  ]);
  const ofRun = await it.ok('GET', 'artifacts/list', { run_id: run, path: 'plots' });
  expect(ofRun.root_uri).toBe(`mlflow-artifacts:/${experiment}/${run}/artifacts`);
  expect(ofRun.files.map((file: { path: string }) => file.path)).toEqual(['plots/a', 'plots/two.txt']);
  expect((await it.ok('GET', 'artifacts/list', { run_id: run, path: 'plots/two.txt' })).files).toEqual([]);
  expect((await it.send('GET', `${base}?path=${experiment}/${run}/artifacts/nowhere`)).json).toEqual({ files: [] });
});

test('a file is replaced as a whole, and deleting a folder takes all below it', async () => {
  await put('again/file', 'first and longer');
  await put('again/file', 'second');
  expect(readFileSync(onDisk('again/file'), 'utf8')).toBe('second');
  expect((await it.send('DELETE', `${root()}/again`)).json).toEqual({});
  expect((await it.send('GET', `${root()}/again/file`)).json.error_code).toBe('RESOURCE_DOES_NOT_EXIST');
  expect(showRun(it.vault, run).artifacts.map(({ path }) => path)).not.toContain('again/file');
  expect(readdirSync(onDisk(''))).not.toContain('again');
});

test('a file does not become a folder, nor a folder a file', async () => {
  await put('kind/file', 'x');
  expect((await put('kind/file/below', 'x')).json).toMatchObject({ message: 'Invalid path' });
  expect((await put('kind', 'x')).json).toMatchObject({ message: 'Invalid path' });
  expect(readFileSync(onDisk('kind/file'), 'utf8')).toBe('x');
  expect(readdirSync(join(it.vault.dir, 'incoming'))).toEqual([]);
});

test('names of any language, spaces and signs arrive as they were, and so does a logged image of MLflow 2', async () => {
  const image = 'images/loss%step%0%timestamp%1700000000000%g5abcdef-0000-4000-8000-0123456789ab.png';
  for (const name of ['précision à 100%.txt', '表/数据.csv', "it's (1) + [2] & 3=4; #5?.txt", image]) {
    const sent = name.split('/').map(encodeURIComponent).join('/');
    expect([name, (await put(sent, name)).status]).toEqual([name, 200]);
    expect(readFileSync(onDisk(name), 'utf8')).toBe(name);
    expect((await it.send('GET', `${root()}/${sent}`)).text).toBe(name);
  }
});

test('a deleted run takes no file, and lends those it has', async () => {
  const other = await newRun(it);
  const path = `${base}/${other.experiment}/${other.run}/artifacts/a.txt`;
  await it.send('PUT', path, { body: 'kept' });
  it.vault.db.prepare('UPDATE run SET binned_at = 1 WHERE uid = ?').run(other.run);
  const refused = await it.send('PUT', path, { body: 'changed' });
  expect([refused.status, refused.json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  expect(refused.json.message).toContain("must be in the 'active' state");
  expect((await it.send('GET', path)).text).toBe('kept');
});

test('files of a run that a recipe trained can be read, and not changed by a client', async () => {
  const other = await newRun(it);
  const path = `${base}/${other.experiment}/${other.run}/artifacts/model.json`;
  await it.send('PUT', path, { body: '{}' });
  it.vault.db.prepare("UPDATE run SET recipe = 'logistic' WHERE uid = ?").run(other.run);
  for (const method of ['PUT', 'DELETE']) {
    expect((await it.send(method, path)).json.message).toContain('made by Wardbook');
  }
  expect((await it.send('GET', path)).text).toBe('{}');
});

test('over the quota an upload is refused with an answer that no client repeats, and leaves nothing', async () => {
  writeSettings(it.vault.db, { artifactQuotaGiB: 1 });
  it.vault.db.prepare('UPDATE artifact SET bytes = ? WHERE path = ?').run(2 ** 30 - 1000, 'empty.txt');
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  const declared = await put('too-much.bin', randomBytes(2_000_000));
  expect([declared.status, declared.json.message]).toEqual([413, expect.stringContaining('over 1 GiB')]);
  expect(await putInChunks('too-much.bin', randomBytes(2_000_000))).toBe(413);
  expect(readdirSync(join(it.vault.dir, 'incoming'))).toEqual([]);
  expect(readdirSync(onDisk(''))).not.toContain('too-much.bin');
  writeSettings(it.vault.db, { artifactQuotaGiB: 200 });
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  expect((await put('small.bin', randomBytes(2_000))).status).toBe(200);
});

test('an upload that breaks off leaves no file', async () => {
  await new Promise<void>((resolve) => {
    const sent = request({
      port: it.server.port,
      method: 'PUT',
      path: `${root()}/broken.bin`,
      headers: { Authorization: `Bearer ${it.server.token()}`, 'Content-Length': '1000000' },
    });
    sent.on('error', () => resolve());
    sent.write(randomBytes(100_000), () => setTimeout(() => sent.destroy(), 100));
  });
  await expect.poll(() => readdirSync(join(it.vault.dir, 'incoming'))).toEqual([]);
  expect(readdirSync(onDisk(''))).not.toContain('broken.bin');
});

test('uploads in parts are declined in the words on which a client sends the file whole', async () => {
  for (const step of ['create', 'complete', 'abort']) {
    const reply = await it.send('POST', `/api/2.0/mlflow-artifacts/mpu/${step}/${experiment}/${run}/artifacts/x`, {
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    });
    expect([reply.status, reply.json.error_code]).toEqual([501, 'NOT_IMPLEMENTED']);
    expect(reply.json.message).toMatch(/^Multipart upload is not supported for the current artifact repository/);
  }
});

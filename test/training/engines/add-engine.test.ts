import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addEngine } from '../../../main/training/engines/added/add-engine.ts';
import { findAdded, findIntact } from '../../../main/training/engines/added/find-added.ts';
import { refuseForeign } from '../../../main/training/engines/added/fits-machine.ts';
import { engineManifest } from '../../../main/training/engines/added/manifest.ts';
import { readManifest } from '../../../main/training/engines/added/read-manifest.ts';
import { testInChild } from '../../../main/training/engines/added/self-test.ts';
import { behaviours, makeEngine, namesIn, scratch } from './made-engine.ts';

const cli = join(import.meta.dirname, '..', '..', '..', 'main', 'cli.ts');
type Json = Record<string, unknown>;

function wardbook(engines: string, ...args: string[]): { status: number | null; json: Json; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, '--json', 'engines', ...args], {
    encoding: 'utf8',
    env: { ...process.env, WARDBOOK_ENGINES: engines },
  });
  return { status, json: JSON.parse(stdout) as Json, stderr };
}

const engineIn = (engines: string, ...args: string[]) =>
  (wardbook(engines, 'list', ...args).json as unknown as Json[]).find(({ id }) => id === 'tensorflow')!;

test('an engine whose kernels are right is added, listed with its device, verified and removed', {
  timeout: 60_000,
}, () => {
  const engines = join(scratch(), 'engines');
  expect(engineIn(engines)).toMatchObject({ available: false, added: null });
  expect(wardbook(engines, 'add', makeEngine(behaviours.right))).toMatchObject({
    status: 0,
    json: { id: 'tensorflow', tensorflow: '0.0.0', kernels: expect.any(Number) },
  });
  expect(engineIn(engines)).toMatchObject({
    available: true,
    device: expect.stringMatching(/cores$/),
    memoryMiB: expect.any(Number),
    freeMemoryMiB: expect.any(Number),
    added: { tensorflow: '0.0.0', verified: null },
  });
  expect(engineIn(engines, '--verify').added).toMatchObject({ verified: true });
  if (process.platform !== 'win32') {
    const [folder] = namesIn(engines);
    expect(statSync(engines).mode & 0o777).toBe(0o700);
    expect(statSync(join(engines, folder!)).mode & 0o777).toBe(0o700);
    expect(statSync(join(engines, folder!, 'tfjs_binding.node')).mode & 0o777).toBe(0o600);
    expect(statSync(join(engines, 'tensorflow.json')).mode & 0o777).toBe(0o600);
  }
  expect(wardbook(engines, 'remove', 'tensorflow')).toMatchObject({ status: 0, json: { id: 'tensorflow' } });
  expect(namesIn(engines)).toEqual([]);
  for (const name of ['tensorflow', 'cpu', '../..']) {
    expect(wardbook(engines, 'remove', name)).toMatchObject({
      status: 1,
      json: { error: { code: 'ENGINE_NOT_FOUND' } },
    });
  }
});

describe('an engine that is not right leaves nothing behind', () => {
  test.each([
    ['one number of one kernel is off', behaviours.wrongRelu, /Relu is off by/],
    ['a gradient is not a number', behaviours.notANumber, /Conv2DBackpropFilter is off by Infinity/],
    ['a kernel is missing', behaviours.lacksAKernel, /MaxPoolGrad cannot be computed/],
    ['it aborts the process that loads it', behaviours.aborts, /ended the process that loaded it \(SIGABRT\)/],
    ['its JavaScript throws', behaviours.throws, /cannot be loaded/],
    ['its JavaScript is empty', behaviours.empty, /not those of a TensorFlow engine/],
  ])('%s', { timeout: 60_000 }, async (_, backend, how) => {
    const engines = scratch();
    const adding = addEngine(makeEngine(backend), { engines, selfTest: testInChild });
    await expect(adding).rejects.toMatchObject({ code: 'ENGINE_FAULTY', message: expect.stringMatching(how) });
    await expect(adding).rejects.not.toMatchObject({ message: expect.stringMatching(/1952/) });
    expect(namesIn(engines)).toEqual([]);
  });

  test('it computes for ever', { timeout: 60_000 }, async () => {
    const engines = scratch();
    const selfTest = (folder: string) => testInChild(folder, 'tensorflow', 4);
    await expect(addEngine(makeEngine(behaviours.hangs), { engines, selfTest })).rejects.toMatchObject({
      code: 'ENGINE_FAULTY',
      message: expect.stringMatching(/more than 4 seconds/),
    });
    expect(namesIn(engines)).toEqual([]);
  });

  test('its addon is no library', { timeout: 60_000 }, async () => {
    const engines = scratch();
    const folder = makeEngine(behaviours.right);
    writeFileSync(join(folder, 'tfjs_binding.node'), 'text');
    const hash = '982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1';
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    Object.assign(manifest.files[2], { bytes: 4, sha256: hash });
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    await expect(addEngine(folder, { engines, selfTest: testInChild })).rejects.toMatchObject({
      code: 'ENGINE_FAULTY',
    });
    expect(namesIn(engines)).toEqual([]);
  });
});

describe('a folder that is not as its manifest says is refused before anything is loaded', () => {
  const selfTest = () => Promise.reject(new Error('loaded'));
  const refused = async (folder: string, code: string, message: RegExp) => {
    const engines = scratch();
    await expect(addEngine(folder, { engines, selfTest })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(namesIn(engines)).toEqual([]);
  };

  test('no manifest', () => refused(scratch(), 'FILE_NOT_FOUND', /no manifest.json/));
  test('a manifest that is no JSON', async () => {
    const folder = makeEngine(behaviours.right);
    writeFileSync(join(folder, 'manifest.json'), '{');
    await refused(folder, 'ENGINE_INVALID', /not the manifest of an engine/);
  });
  test.each<[string, Parameters<typeof makeEngine>[1], RegExp]>([
    [
      'a hash is another',
      (m) => Object.assign(m.files[2]!, { sha256: '0'.repeat(64) }),
      /tfjs_binding.node has other bytes/,
    ],
    ['a size is another', (m) => Object.assign(m.files[0]!, { bytes: 1 }), /backend.cjs has \d+ bytes, listed are 1/],
    ['a listed file is not there', (m) => m.files.push({ ...m.files[0]!, path: 'lib.so' }), /lib.so is not there/],
    ['a path leads out', (m) => m.files.push({ ...m.files[0]!, path: '../backend.cjs' }), /files.3.path/],
    ['a path is absolute', (m) => m.files.push({ ...m.files[0]!, path: '/etc/passwd' }), /files.3.path/],
    ['a file is listed twice', (m) => m.files.push(m.files[0]!), /twice/],
    ['the addon is not listed', (m) => m.files.pop(), /must be listed/],
    ['another kind of engine', (m) => Object.assign(m, { id: 'cpu' }), /id/],
    ['another platform', (m) => Object.assign(m.machine, { platform: 'sunos' }), /built for sunos/],
    ['another processor', (m) => Object.assign(m.machine, { arch: 'riscv64' }), /on riscv64/],
  ])('%s', async (_, change, message) => {
    await refused(makeEngine(behaviours.right, change), 'ENGINE_INVALID', message);
  });
  test('a byte was changed after it was built', async () => {
    const folder = makeEngine(behaviours.right);
    const file = join(folder, 'tfjs_binding.node');
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(file, bytes);
    await refused(folder, 'ENGINE_INVALID', /tfjs_binding.node has other bytes/);
  });
  test('a link in the place of a file', async () => {
    const folder = makeEngine(behaviours.right);
    const other = makeEngine(behaviours.right);
    rmSync(join(folder, 'backend.cjs'));
    symlinkSync(join(other, 'backend.cjs'), join(folder, 'backend.cjs'));
    await refused(folder, 'ENGINE_INVALID', /backend.cjs is not there/);
  });

  test('glibc: the same or a newer one will do, versions are no decimal fractions', () => {
    const { manifest } = readManifest(makeEngine(behaviours.right));
    const needs = engineManifest.parse({ ...manifest, machine: { platform: 'linux', arch: 'x64', glibc: '2.27' } });
    const on = (glibc: string | null) => () => refuseForeign(needs, { platform: 'linux', arch: 'x64', glibc });
    expect(on('2.27')).not.toThrow();
    expect(on('2.36')).not.toThrow();
    expect(on('3.0')).not.toThrow();
    expect(on('2.5')).toThrow(/needs glibc 2.27 or newer; this machine has 2.5/);
    expect(on(null)).toThrow(/another C library/);
  });
});

const passes = async () => ({ kernels: 1 });

test('adding again replaces; a failed attempt leaves the earlier one as it was', async () => {
  const engines = scratch();
  const first = await addEngine(makeEngine(behaviours.right), { engines, selfTest: passes });
  const second = await addEngine(makeEngine(behaviours.right), { engines, selfTest: passes });
  expect(namesIn(engines)).toEqual([second.folder, 'tensorflow.json']);
  expect(second.folder).not.toBe(first.folder);
  const fails = () => Promise.reject(new Error('no'));
  await expect(addEngine(makeEngine(behaviours.right), { engines, selfTest: fails })).rejects.toThrow();
  expect(namesIn(engines)).toEqual([second.folder, 'tensorflow.json']);
  expect(findAdded('tensorflow', engines).added?.kept).toEqual(second);
});

describe('an added engine whose files changed is not used, and says so', () => {
  test.each<[string, (file: string) => void, RegExp | null]>([
    ['a byte more', (file) => appendFileSync(file, ' '), /backend.cjs has another size/],
    ['gone', (file) => rmSync(file), /backend.cjs is missing/],
    ['other bytes of the same length', (file) => writeFileSync(file, 'x'.repeat(statSync(file).size)), /other bytes/],
    ['only another time, as after a backup', (file) => utimesSync(file, new Date(0), new Date(0)), null],
  ])('%s', async (_, change, fault) => {
    const engines = scratch();
    const kept = await addEngine(makeEngine(behaviours.right), { engines, selfTest: passes });
    change(join(engines, kept.folder, 'backend.cjs'));
    const { added, why } = await findIntact('tensorflow', engines);
    if (fault === null) expect(added).not.toBeNull();
    else {
      expect(added).toBeNull();
      expect(why).toMatch(fault);
      expect(engineIn(engines)).toMatchObject({ available: false, reason: expect.stringMatching(fault) });
    }
  });

  test('same length and time: found by --verify, which ends with status 1', { timeout: 60_000 }, async () => {
    const engines = scratch();
    const kept = await addEngine(makeEngine(behaviours.right), { engines, selfTest: passes });
    const file = join(engines, kept.folder, 'backend.cjs');
    const { atime, mtime, size } = statSync(file);
    writeFileSync(file, 'x'.repeat(size));
    utimesSync(file, atime, mtime);
    const { status, json } = wardbook(engines, 'list', '--verify');
    expect(status).toBe(1);
    expect((json as unknown as Json[]).find(({ id }) => id === 'tensorflow')).toMatchObject({
      available: false,
      reason: expect.stringMatching(/backend.cjs has other bytes/),
      added: { verified: false },
    });
  });

  test('a registration that is none of ours', () => {
    const engines = scratch();
    writeFileSync(join(engines, 'tensorflow.json'), '{"format": 1, "folder": "../../etc"}');
    expect(findAdded('tensorflow', engines)).toMatchObject({ added: null, why: expect.stringMatching(/damaged/) });
    expect(wardbook(engines, 'remove', 'tensorflow').status).toBe(0);
    expect(existsSync(join(engines, 'tensorflow.json'))).toBe(false);
  });
});

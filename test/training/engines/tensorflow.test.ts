import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findIntact } from '../../../main/training/engines/added/find-added.ts';
import { notRun } from '../../not-run.ts';
import { cohortCsv, vaultWith } from '../cohort.ts';
import { builtEngine } from './built-engine.ts';
import { inChild } from './in-child.ts';
import { agrees, type NetworkFit } from './network-fit.ts';

type Fit = { losses: number[]; hash: string; tensors: number[]; left: number };
type Computed = { scores: number[]; gradients: number[][]; left: number };
type Json = Record<string, unknown>;

const cli = join(import.meta.dirname, '..', '..', '..', 'main', 'cli.ts');
const folder = builtEngine();

test('where no engine was added, tensorflow says how to get one', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'wardbook-engines-'));
  expect(await findIntact('tensorflow', empty)).toEqual({ added: null, why: 'not added here (wardbook engines add)' });
  rmSync(empty, { recursive: true });
});

if (folder === null) {
  notRun('native TensorFlow', 'the engine was not built (npm run engine:tensorflow, docs/engines.md)');
} else {
  describe('native TensorFlow', () => {
    let engines: string;
    let env: NodeJS.ProcessEnv;
    const wardbook = (...args: string[]): { status: number | null; json: Json } => {
      const { status, stdout } = spawnSync(process.execPath, [cli, '--json', ...args], { encoding: 'utf8', env });
      return { status, json: JSON.parse(stdout) as Json };
    };
    beforeAll(() => {
      engines = mkdtempSync(join(tmpdir(), 'wardbook-engines-'));
      env = { ...process.env, WARDBOOK_ENGINES: engines };
      expect(wardbook('engines', 'add', folder)).toMatchObject({ status: 0, json: { kernels: expect.any(Number) } });
    }, 240_000);
    afterAll(() => rmSync(engines, { recursive: true, force: true }));

    test('every kernel of the recipes agrees with plain JavaScript, and no tensor is left over', {
      timeout: 200_000,
    }, () => {
      const checked = inChild<{ failures: string[]; left: number }>('kernels-on-engine.ts', ['tensorflow'], env);
      expect(checked).toMatchObject({ failures: [], left: 0 });
    });

    test('a tensor that does not fit is OUT_OF_MEMORY, and the next one that fits is computed', {
      timeout: 60_000,
    }, () => {
      expect(inChild('no-memory.ts', [], env)).toEqual({ code: 'OUT_OF_MEMORY', after: [2, 3] });
    });

    test('mlp agrees with cpu, repeats bit for bit, and holds as many tensors in the last epoch as in the first', {
      timeout: 200_000,
    }, () => {
      const cpu = inChild<Fit>('fit-mlp.ts', ['cpu']);
      const one = inChild<Fit>('fit-mlp.ts', ['tensorflow', 'deterministic'], env);
      expect(inChild<Fit>('fit-mlp.ts', ['tensorflow', 'deterministic'], env).hash).toBe(one.hash);
      const free = inChild<Fit>('fit-mlp.ts', ['tensorflow', 'free'], env);
      for (const { losses } of [one, free]) {
        const apart = losses.map((loss, i) => Math.abs(loss - cpu.losses[i]!));
        expect(Math.max(...apart)).toBeLessThan(1e-4);
      }
      expect(new Set(one.tensors).size).toBe(1);
      expect(one.left).toBe(0);
    });

    test('the network of a model folder has the scores and gradients of cpu, repeats bit for bit, and leaves no tensor', {
      timeout: 200_000,
    }, () => {
      const cpu = inChild<Computed>('layers-on-engine.ts', ['cpu']);
      const native = inChild<Computed>('layers-on-engine.ts', ['tensorflow'], env);
      const apart = (a: number[], b: number[]): number =>
        a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!) / Math.max(1, Math.abs(v))), 0);
      expect(apart(cpu.scores, native.scores)).toBeLessThan(1e-4);
      expect(apart(cpu.gradients[0]!, native.gradients[0]!)).toBeLessThan(1e-3);
      expect(native.gradients[1]).toEqual(native.gradients[0]);
      expect(native.left).toBe(0);
    });

    test.each(['cnn', 'folder'])(
      'a whole fit of %s agrees with cpu, repeats bit for bit, and holds as much after the last epoch as after the first',
      { timeout: 200_000 },
      (from) => {
        const cpu = inChild<NetworkFit>('fit-network.ts', ['cpu', from]);
        const native = inChild<NetworkFit>('fit-network.ts', ['tensorflow', from], env);
        agrees(native, cpu, 1e-4);
        expect(inChild<NetworkFit>('fit-network.ts', ['tensorflow', from], env).hash).toBe(native.hash);
      },
    );

    test('a run asked for on tensorflow trains there and records the library; a changed file is not loaded', {
      timeout: 200_000,
    }, async () => {
      const { dir, client } = await vaultWith(cohortCsv(200, 31), 'patient');
      await client.close();
      const train = () =>
        wardbook(
          ...['--vault', dir, 'train', 'mlp', '--dataset', 'cohort', '--target', 'outcome'],
          ...['--engine', 'tensorflow', '--set', 'epochs=3'],
        );
      const { status, json } = train();
      expect([status, json.engine]).toEqual([0, 'tensorflow']);
      const shown = wardbook('--vault', dir, 'show', String(json.id)).json as { environment: { packages: Json } };
      expect(shown.environment.packages).toMatchObject({
        tensorflow: expect.stringMatching(/^2\./),
        '@tensorflow/tfjs-node-gpu': '4.22.0',
      });
      const kept = readdirSync(engines).find((name) => name.startsWith('tensorflow-'))!;
      const file = join(engines, kept, 'backend.cjs');
      const right = readFileSync(file);
      writeFileSync(file, Buffer.from(right).fill(32, 0, 1));
      expect(train()).toMatchObject({
        status: 1,
        json: { error: { code: 'ENGINE_UNAVAILABLE', message: expect.stringMatching(/backend.cjs has other bytes/) } },
      });
      writeFileSync(file, right);
      expect(train().status).toBe(0);
    });
  });
}

import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type EngineManifest, manifestName } from '../../../main/training/engines/added/manifest.ts';

/** An engine folder of our own: a native file that loads, and JavaScript that computes with the kernels of the plain backend. */
const plainKernels = `
  const addon = require('./tfjs_binding.node');
  addon.isUsingGpuDevice = () => false;
  addon.TF_Version = '0';
  exports.createBackend = (tf) => {
    for (const kernel of tf.getKernelsForBackend('cpu')) {
      tf.registerKernel({ ...kernel, backendName: 'tensorflow', kernelFunc: change(tf, kernel) });
    }
    return tf.findBackend('cpu');
  };
`;

/** What becomes of the plain kernels in an engine that is right, and in ones that are not. */
export const behaviours = {
  right: `${plainKernels} const change = (tf, { kernelFunc }) => kernelFunc;`,
  wrongRelu: `${plainKernels} const change = (tf, { kernelName, kernelFunc }) => (call) => {
    const result = kernelFunc(call);
    if (kernelName === 'Relu') call.backend.data.get(result.dataId).values[0] += 0.01;
    return result;
  };`,
  notANumber: `${plainKernels} const change = (tf, { kernelName, kernelFunc }) => (call) => {
    const result = kernelFunc(call);
    if (kernelName === 'Conv2DBackpropFilter') call.backend.data.get(result.dataId).values[0] = NaN;
    return result;
  };`,
  lacksAKernel: `${plainKernels} const change = (tf, { kernelName, kernelFunc }) => kernelName === 'MaxPoolGrad'
    ? () => { throw new Error('no kernel MaxPoolGrad'); } : kernelFunc;`,
  aborts: 'process.abort();',
  hangs: 'for (;;);',
  throws: "throw new Error('a cell: 1952-03-14');",
  empty: '',
};

const nativeFile = (): string => {
  const folder = dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json'));
  return join(folder, 'prebuilds', `${process.platform}-${process.arch}.node`);
};

export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes an engine folder; `change` may alter its manifest. */
export function makeEngine(backend: string, change: (manifest: EngineManifest) => void = () => {}): string {
  const folder = join(scratch(), 'engine');
  mkdirSync(join(folder, 'licences'), { recursive: true });
  cpSync(nativeFile(), join(folder, 'tfjs_binding.node'));
  writeFileSync(join(folder, 'backend.cjs'), `${backend}\n`);
  writeFileSync(join(folder, 'licences', 'none.txt'), 'Made for a test.\n');
  const manifest: EngineManifest = {
    format: 1,
    id: 'tensorflow',
    versions: { addon: 'made-for-a-test@1.0.0', tensorflow: '0.0.0', wheels: [] },
    machine: { platform: process.platform, arch: process.arch, glibc: null },
    files: ['backend.cjs', 'licences/none.txt', 'tfjs_binding.node'].map((path) => {
      const bytes = readFileSync(join(folder, path));
      return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  };
  change(manifest);
  writeFileSync(join(folder, manifestName), JSON.stringify(manifest));
  return folder;
}

export const namesIn = (folder: string): string[] => readdirSync(folder).sort();

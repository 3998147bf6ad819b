// `npm run engine:tensorflow [-- --cuda] [-- --out FOLDER]`: builds the engine `tensorflow`, or with --cuda `tensorflow-gpu`,
// into one folder that `wardbook engines add` takes. For whoever packages Wardbook: it needs the network, g++ and pip.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { addonName, backendName } from '../main/training/engines/added/manifest.ts';
import { testInChild } from '../main/training/engines/added/self-test.ts';
import { bundleBackend } from './engine/bundle-backend.mjs';
import { compileAddon } from './engine/compile-addon.mjs';
import { cudaLibraries } from './engine/cuda-libraries.mjs';
import { fetchWheels, unpackWheel } from './engine/fetch-wheels.mjs';
import { run } from './engine/run.mjs';
import { setRunPath } from './engine/run-path.mjs';
import { writeManifest } from './engine/write-manifest.mjs';
import { root } from './root.mjs';

const { values } = parseArgs({ options: { cuda: { type: 'boolean', default: false }, out: { type: 'string' } } });
const id = values.cuda ? 'tensorflow-gpu' : 'tensorflow';
const folder = resolve(values.out ?? join(root, 'build', 'engines', id));
const addon = join(root, 'node_modules', '@tensorflow', 'tfjs-node-gpu');
const tensorflow = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

const started = Date.now();
const say = (text) => console.log(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${text}`);

if (process.platform !== 'linux')
  throw new Error('The engine can be built on Linux only: elsewhere the wheel has no C library to link with.');
if (!existsSync(addon)) throw new Error('The package @tensorflow/tfjs-node-gpu is not installed: run npm ci.');

const work = mkdtempSync(join(tmpdir(), 'wardbook-engine-'));
try {
  const requirements = join(root, 'tools', 'engine', values.cuda ? 'tensorflow-cuda.txt' : 'tensorflow.txt');
  say('Fetching the TensorFlow wheel from the configured package index');
  const wheels = fetchWheels(requirements, join(work, 'wheels'));
  const wheel = wheels.find((path) => /^tensorflow/.test(basename(path)));
  say(`Unpacking ${basename(wheel)}`);
  unpackWheel(wheel, work, [
    'tensorflow/include/',
    'tensorflow/THIRD_PARTY',
    ...tensorflow.map((so) => `tensorflow/${so}`),
  ]);

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'licences'), { recursive: true });
  const place = (from, to) => {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    run('strip', ['--strip-unneeded', '-o', join(folder, to), from]);
    setRunPath(join(folder, to));
  };
  for (const name of tensorflow) place(join(work, 'tensorflow', name), name);
  const cuda = values.cuda ? cudaLibraries(wheels, work, folder) : [];
  for (const { from, name } of cuda) {
    copyFileSync(from, join(folder, name));
    setRunPath(join(folder, name));
  }
  copyFileSync(join(work, 'tensorflow/include/LICENSE'), join(folder, 'licences/tensorflow.txt'));
  copyFileSync(join(work, 'tensorflow/THIRD_PARTY_NOTICES.txt'), join(folder, 'licences/tensorflow-third-party.txt'));
  // Apache-2.0 as TensorFlow; the package brings no file of its own.
  copyFileSync(join(work, 'tensorflow/include/LICENSE'), join(folder, 'licences/tfjs-node-gpu.txt'));

  say('Compiling the addon');
  compileAddon({
    addon,
    include: join(work, 'tensorflow', 'include'),
    folder,
    output: join(folder, addonName),
    libraries: [...cuda.filter(({ early }) => early).map(({ name }) => name), ...tensorflow],
  });
  await bundleBackend(addon, join(folder, backendName));

  say('Hashing');
  const { version } = JSON.parse(readFileSync(join(addon, 'package.json'), 'utf8'));
  await writeManifest(folder, {
    id,
    versions: {
      addon: `@tensorflow/tfjs-node-gpu@${version}`,
      tensorflow: /-(\d[\w.]*)-/.exec(basename(wheel))[1],
      wheels: wheels.map((path) => basename(path)).sort(),
    },
  });

  say('Comparing its results with plain JavaScript');
  const { kernels } = await testInChild(folder, id);
  const bytes = readdirSync(folder, { recursive: true }).reduce(
    (sum, name) => sum + statSync(join(folder, name)).size,
    0,
  );
  say(`Done: ${folder}, ${Math.round(bytes / 2 ** 20)} MiB, ${kernels} kernels agree`);
  console.log(`Add it with: wardbook engines add ${folder}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

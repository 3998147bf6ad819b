// Builds main, its children and workers, the preload script and the renderer into build/.
// `--if-stale` does nothing when no source is newer than the last build.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './root.mjs';

const stamp = join(root, 'build', 'built');
const sources = ['main', 'renderer', 'shared', 'tools', 'package-lock.json', 'package.json'];

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  let time = 0;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.name.endsWith('.tsbuildinfo')) continue;
    time = Math.max(time, newest(join(path, entry.name)));
  }
  return time;
}

export function isStale() {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  return sources.some((source) => existsSync(join(root, source)) && newest(join(root, source)) > built);
}

function git(...args) {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

/** What runs in Node, flat in build/main: name → source. */
const entries = {
  main: 'main/main.ts',
  cli: 'main/cli.ts',
  'vault-worker': 'main/workers/vault-worker.ts',
  'query-worker': 'main/workers/query-worker.ts',
  trainer: 'main/training/trainer.ts',
  'checkpoint-writer': 'main/training/checkpoints/checkpoint-writer.ts',
  'tree-worker': 'main/training/recipes/trees/tree-worker.ts',
  'shard-worker': 'main/training/recipes/cnn/passes/shard-worker.ts',
  'command-host': 'main/workers/command-host.ts',
  'command-launcher': 'main/commands/command-launcher.ts',
  'import-child': 'main/datasets/import-child.ts',
  'serve-child': 'main/tracking/serve-child.ts',
  'source-child': 'main/importers/source-child.ts',
  'decode-worker': 'main/store/images/decode-worker.ts',
};
/** Read at run time from the folder of the code. */
const besideTheCode = [
  'dcmjs-codecs/build/dcmjs-native-codecs.wasm',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
];
const external = [
  'electron',
  'better-sqlite3',
  'webgpu',
  '@tensorflow/tfjs-node-gpu',
  'node-fetch',
  'playwright',
  'systeminformation',
];

async function buildMain() {
  const { build } = await import('esbuild');
  const { version, dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const common = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    // ES modules first: the CommonJS files of TensorFlow.js give a dynamic import no names.
    mainFields: ['module', 'main'],
    target: 'node24',
    sourcemap: false,
    legalComments: 'none',
    external,
    logLevel: 'warning',
    define: {
      // The loader of the WebAssembly kernels asks for it; an ES module has none.
      __dirname: 'import.meta.dirname',
      BUILD_VERSION: JSON.stringify(version),
      BUILD_PACKAGES: JSON.stringify(JSON.stringify({ ...devDependencies, ...dependencies })),
      BUILD_COMMIT: JSON.stringify(git('rev-parse', 'HEAD')),
      BUILD_DIRTY: JSON.stringify(git('status', '--porcelain') !== ''),
    },
  };
  const entryPoints = Object.fromEntries(
    Object.entries(entries).filter(([, source]) => existsSync(join(root, source))),
  );
  await build({
    ...common,
    entryPoints,
    outdir: 'build/main',
    format: 'esm',
    splitting: true,
    // CommonJS dependencies inside the bundle still call require for Node's own modules.
    banner: {
      js: "import { createRequire as wardbookRequire } from 'node:module'; const require = wardbookRequire(import.meta.url);",
    },
  });
  await buildPageScripts('build/main');
  for (const file of besideTheCode)
    copyFileSync(join(root, 'node_modules', file), join(root, 'build/main', basename(file)));
}

/** What runs in a page before the page's own scripts: the preload script, and the Chromium host's `electron` for it. */
export async function buildPageScripts(outdir) {
  const { build } = await import('esbuild');
  const common = {
    absWorkingDir: root,
    bundle: true,
    target: 'es2024',
    legalComments: 'none',
    logLevel: 'warning',
    outdir,
  };
  // A sandboxed preload cannot be an ES module.
  const preload = {
    entryPoints: { preload: 'main/preload.ts' },
    platform: 'node',
    external: ['electron'],
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  };
  const shim = {
    entryPoints: { 'page-shim': 'main/host/chromium/page-shim.ts' },
    platform: 'browser',
    format: 'iife',
    globalName: 'wardbookShim',
  };
  await Promise.all([build({ ...common, ...preload }), build({ ...common, ...shim })]);
}

async function buildRenderer() {
  if (!existsSync(join(root, 'renderer/index.html'))) return;
  const { build } = await import('vite');
  await build({ configFile: join(root, 'renderer/vite.config.mjs'), logLevel: 'warn' });
}

export async function buildAll() {
  const started = Date.now();
  process.stderr.write('Building Wardbook…\n');
  rmSync(join(root, 'build', 'main'), { recursive: true, force: true });
  mkdirSync(join(root, 'build'), { recursive: true });
  await Promise.all([buildMain(), buildRenderer()]);
  writeFileSync(stamp, '');
  process.stderr.write(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

if (process.argv[1] === import.meta.filename) {
  if (!process.argv.includes('--if-stale') || isStale()) await buildAll();
}

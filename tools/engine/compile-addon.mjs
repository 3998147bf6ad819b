import { join } from 'node:path';
import { root } from '../root.mjs';
import { run } from './run.mjs';

const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'];

/**
 * Compiles the addon of @tensorflow/tfjs-node-gpu against the TensorFlow of `include` and the libraries in `folder`, beside
 * which it will lie. Of Node it needs the headers of Node-API only, so it runs on any Node and on Electron.
 */
export function compileAddon({ addon, include, folder, output, libraries }) {
  const binding = join(addon, 'binding');
  const nodeApi = join(root, 'node_modules', 'node-api-headers', 'include');
  run('g++', [
    ...['-std=c++17', '-O2', '-fPIC', '-shared', '-fvisibility=hidden', '-DNAPI_VERSION=8'],
    ...[binding, addon, nodeApi, include].map((path) => `-I${path}`),
    ...sources.map((name) => join(binding, name)),
    // The libraries that the engine brings are found beside the addon, and loaded with it even where only TensorFlow asks for
    // them by name later.
    ...[`-L${folder}`, '-Wl,--no-as-needed', ...libraries.map((name) => `-l:${name}`), '-Wl,--as-needed'],
    ...['-Wl,-rpath,$ORIGIN', '-Wl,--allow-shlib-undefined', '-static-libgcc', '-s'],
    ...['-o', output],
  ]);
}

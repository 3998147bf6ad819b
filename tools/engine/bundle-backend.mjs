import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles the JavaScript of @tensorflow/tfjs-node-gpu that belongs to the addon: its backend and its kernels, without its
 * loader (which downloads), its file and SavedModel handlers and TensorBoard. The file exports `createBackend(tensors, addon)`;
 * what the package takes from @tensorflow/tfjs comes from the TensorFlow.js that is passed in.
 */
export async function bundleBackend(addon, outfile) {
  const dist = join(addon, 'dist');
  await build({
    stdin: {
      contents: `
        require('./register_all_kernels');
        const { NodeJSKernelBackend } = require('./nodejs_kernel_backend');
        module.exports = (addon) => new NodeJSKernelBackend(addon, '@tensorflow/tfjs-node-gpu');
      `,
      resolveDir: dist,
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'iife',
    globalName: 'open',
    target: 'node24',
    legalComments: 'none',
    logLevel: 'warning',
    banner: { js: '"use strict"; exports.createBackend = (tensors, addon) => {' },
    footer: { js: 'return open(addon); };' },
    plugins: [given('tensors', /^@tensorflow\/tfjs(-core)?$/), given('{}', /\/api_pb$/)],
  });
}

/** Imports that match become an expression instead of a file; api_pb describes what TensorBoard reads. */
function given(expression, filter) {
  const namespace = `given ${expression}`;
  return {
    name: namespace,
    setup({ onResolve, onLoad }) {
      onResolve({ filter }, ({ path }) => ({ path, namespace }));
      onLoad({ filter: /.*/, namespace }, () => ({ contents: `module.exports = ${expression};`, loader: 'js' }));
    },
  };
}

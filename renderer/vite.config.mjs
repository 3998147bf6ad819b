import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const require = createRequire(import.meta.url);

/**
 * plotly.js would write its rules into the page at run time, which `style-src 'self'` forbids. Its own rule file is run here
 * with a stand-in for its library, and what it would have written becomes a style sheet the page links.
 */
function plotlyStyles() {
  const rules = [];
  const source = readFileSync(require.resolve('plotly.js/build/plotcss.js'), 'utf8');
  runInNewContext(source, {
    require: () => ({ addStyleRule: (selector, style) => rules.push(`${selector}{${style}}`) }),
  });
  if (rules.length === 0) throw new Error('plotly.js/build/plotcss.js wrote no rules; its form has changed.');
  return {
    name: 'plotly-styles',
    transformIndexHtml: () => [
      {
        tag: 'link',
        attrs: {
          rel: 'stylesheet',
          id: 'plotly.js-style-global',
          class: 'no-inline-styles',
          href: './assets/plotly.css',
        },
        injectTo: 'head',
      },
    ],
    generateBundle() {
      // plotly puts each later rule first, so the order is turned round.
      this.emitFile({ type: 'asset', fileName: 'assets/plotly.css', source: rules.toReversed().join('\n') });
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), plotlyStyles()],
  build: {
    outDir: '../build/renderer',
    emptyOutDir: true,
    target: 'chrome138',
    // A font or an image as a data URI would be refused by the window's policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_400,
  },
});

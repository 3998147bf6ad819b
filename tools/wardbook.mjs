// The command line in the project: builds when a source is newer than the build, then runs it.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildAll, isStale } from './build.mjs';
import { root } from './root.mjs';

if (isStale()) await buildAll();
process.env.WARDBOOK_APP ??= join(root, 'tools', 'start.mjs');
await import(pathToFileURL(join(root, 'build/main/cli.js')).href);

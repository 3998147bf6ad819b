import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const passedOver = new Set([
  'node_modules',
  '__pycache__',
  'venv',
  'site-packages',
  'renv',
  'packrat',
  'wandb',
  'mlruns',
]);
const mostFiles = 20_000;

/** Files of a folder and its folders, for want of Git: hidden ones, environments and caches are passed over. */
export function listFolder(root: string): string[] {
  const found: string[] = [];
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined && found.length < mostFiles; folder = waiting.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      if (entry.isFile()) found.push(relative(root, path));
      else if (entry.isDirectory() && !passedOver.has(entry.name)) waiting.push(path);
    }
  }
  return found;
}

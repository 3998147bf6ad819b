import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { hashFile } from '../../main/training/engines/added/check-files.ts';
import { engineManifest, manifestName } from '../../main/training/engines/added/manifest.ts';
import { run } from './run.mjs';

/** Lists every file of an engine folder with its size and hash, and what the engine needs, in its manifest. */
export async function writeManifest(folder, { id, versions }) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== manifestName)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  const files = [];
  for (const path of paths) {
    files.push({ path, bytes: statSync(join(folder, path)).size, sha256: await hashFile(join(folder, path)) });
  }
  const libraries = paths.filter((path) => /\.node$|\.so(\.|$)/.test(path)).map((path) => join(folder, path));
  const manifest = engineManifest.parse({
    format: 1,
    id,
    versions,
    machine: { platform: process.platform, arch: process.arch, glibc: neededGlibc(libraries) },
    files,
  });
  writeFileSync(join(folder, manifestName), `${JSON.stringify(manifest, null, 1)}\n`);
  return manifest;
}

/** The newest version of glibc that any of the libraries asks for. */
function neededGlibc(libraries) {
  const versions = libraries.flatMap((file) =>
    [...run('readelf', ['--version-info', '--wide', file]).matchAll(/\bGLIBC_(\d+)\.(\d+)/g)].map((match) => ({
      major: Number(match[1]),
      minor: Number(match[2]),
    })),
  );
  const newest = versions.reduce((a, b) => (b.major > a.major || (b.major === a.major && b.minor > a.minor) ? b : a));
  return `${newest.major}.${newest.minor}`;
}

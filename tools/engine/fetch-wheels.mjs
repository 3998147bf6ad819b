import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

/** Wheels are taken for this Python, whatever the machine's own is: only their C libraries are used. */
const python = '3.12';
const platforms = ['2_28', '2_27', '2_17', '2_14', '2_12'].map((glibc) => `manylinux_${glibc}`).concat('manylinux2014');

/**
 * Downloads the wheels that a requirements file lists with their hashes, from the Python package index that pip is configured
 * with, into `folder`. Returns their paths.
 */
export function fetchWheels(requirements, folder) {
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const tags = platforms.flatMap((platform) => ['--platform', `${platform}_${machine}`]);
  run('python3', [
    ...['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:'],
    ...['--require-hashes', '--implementation', 'cp', '--python-version', python, ...tags],
    ...['--dest', folder, '-r', requirements],
  ]);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.whl'))
    .map((name) => join(folder, name));
}

const unpack = `
import sys, zipfile
wheel, folder, *starts = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    archive.extractall(folder, [name for name in archive.namelist() if name.startswith(tuple(starts))])
`;

/** Unpacks what a wheel has below one of the given beginnings of paths. */
export function unpackWheel(wheel, folder, starts) {
  run('python3', ['-c', unpack, wheel, folder, ...starts]);
}

/** Names of all files in a wheel. */
export function wheelFiles(wheel) {
  const list = 'import sys, zipfile; print("\\n".join(zipfile.ZipFile(sys.argv[1]).namelist()))';
  return spawnSync('python3', ['-c', list, wheel], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    .stdout.trim()
    .split('\n');
}

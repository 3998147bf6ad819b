import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { captureCommandEnvironment } from '../../main/commands/capture/capture-environment.ts';
import { takeSnapshot } from '../../main/commands/capture/snapshot.ts';
import { createMask } from '../../main/commands/launcher/mask.ts';
import { notRun } from '../not-run.ts';

const unix = process.platform !== 'win32';
const python = ['python3', 'python'].find((name) => spawnSync(name, ['-m', 'venv', '--help']).status === 0);
if (!unix) notRun('stand-ins for Rscript and nvidia-smi', 'they are scripts of sh');
if (python === undefined) notRun('packages of conda, pip and CUDA of an environment', 'there is no Python with venv');

let base: string;
let bin: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'wardbook-environment-'));
  bin = join(base, 'bin');
  mkdirSync(bin);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const put = (path: string, text: string, mode = 0o644): string => {
  const file = join(base, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode });
  return file;
};
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function capture(argv: string[], folder: string) {
  const job = join(base, 'job');
  mkdirSync(job, { recursive: true });
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` };
  return captureCommandEnvironment(argv, folder, job, { cwd: folder, env });
}

/** As conda 24 writes it for a channel that asks for a password, shortened. */
const condaPackage = JSON.stringify({
  build: 'py311h64a7726_0',
  channel: 'https://anna:pa55word-of-anna@conda.example.org/forge/linux-64',
  fn: 'numpy-1.26.4-py311h64a7726_0.conda',
  name: 'numpy',
  url: 'https://anna:pa55word-of-anna@conda.example.org/forge/linux-64/numpy-1.26.4-py311h64a7726_0.conda',
  version: '1.26.4',
});

test.runIf(python !== undefined && unix)(
  'a conda environment: packages of conda and of pip, CUDA of PyTorch, and no address of a channel',
  { timeout: 60_000 },
  async () => {
    const environment = join(base, 'conda env');
    execFileSync(python!, ['-m', 'venv', '--without-pip', environment]);
    put('conda env/conda-meta/numpy-1.26.4-py311h64a7726_0.json', condaPackage);
    put('conda env/conda-meta/_libgcc_mutex-0.1-conda_forge.json', '{}');
    put('conda env/conda-meta/ca-certificates-2024.8.30-hbcca054_0.json', '{}');
    put('conda env/conda-meta/history', '==> 2024-09-01 10:00:00 <==\n');
    const lib = join(environment, 'lib');
    const site = `conda env/lib/${readdirSync(lib).find((name) => name.startsWith('python3'))}/site-packages`;
    put(`${site}/wardbook_probe-2.5.dist-info/METADATA`, 'Metadata-Version: 2.1\nName: wardbook_probe\nVersion: 2.5\n');
    put(
      `${site}/torch/version.py`,
      "from typing import Optional\n\n__version__ = '2.15.0+cu132'\ndebug = False\ncuda: Optional[str] = '13.2'\ngit_version = 'd0f2'\n",
    );
    const yml = 'name: cohort\nchannels: [https://anna:pa55word-of-anna@conda.example.org/forge]\n';
    put('conda project/environment.yml', yml);
    const found = await capture([join(environment, 'bin', 'python'), 'train.py'], join(base, 'conda project'));
    expect(found).toMatchObject({ interpreter: { kind: 'python' }, cuda: '13.2', problems: [] });
    expect(found.packages).toEqual([
      { manager: 'pip', name: 'wardbook_probe', version: '2.5' },
      { manager: 'conda', name: '_libgcc_mutex', version: '0.1' },
      { manager: 'conda', name: 'ca-certificates', version: '2024.8.30' },
      { manager: 'conda', name: 'numpy', version: '1.26.4' },
    ]);
    expect(found.lockFiles).toEqual([{ name: 'environment.yml', sha256: sha256(yml) }]);
    expect(JSON.stringify(found)).not.toContain('pa55word');
  },
);

test.runIf(python !== undefined && unix)(
  'uv run: the environment beside the code, whatever python is on the path, and uv.lock',
  { timeout: 60_000 },
  async () => {
    // As `uv lock` of uv 0.13.9 writes it for a project without dependencies.
    const lock =
      'version = 1\nrevision = 5\nrequires-python = ">=3.9"\n\n[[package]]\nname = "cohort"\nversion = "0.1.0"\nsource = { virtual = "." }\n';
    put('uv project/uv.lock', lock);
    execFileSync(python!, ['-m', 'venv', '--without-pip', join(base, 'uv project', '.venv')]);
    const found = await capture(['uv', 'run', 'train.py'], join(base, 'uv project'));
    expect(found.interpreter?.program).toBe(join(base, 'uv project', '.venv', 'bin', 'python'));
    expect(found.lockFiles).toEqual([{ name: 'uv.lock', sha256: sha256(lock) }]);
  },
);

test('npm: packages in node_modules with their scope, package-lock.json, and what is broken is left out', async () => {
  const lock = '{ "name": "cohort", "lockfileVersion": 3, "packages": {} }\n';
  put('npm/package-lock.json', lock);
  put('npm/node_modules/plain/package.json', '{ "name": "plain", "version": "1.2.3" }');
  put('npm/node_modules/@scope/part/package.json', '{ "name": "@scope/part", "version": "0.1.0" }');
  put('npm/node_modules/broken/package.json', '{');
  put('npm/node_modules/@no-folder', '');
  put('npm/node_modules/.package-lock.json', lock);
  // A folder that is named like a lock file.
  mkdirSync(join(base, 'npm', 'requirements.txt'));
  const found = await capture([process.execPath, 'train.mjs'], join(base, 'npm'));
  expect(found.interpreter).toMatchObject({ kind: 'node', version: process.versions.node });
  expect(found.packages).toEqual([
    { manager: 'npm', name: '@scope/part', version: '0.1.0' },
    { manager: 'npm', name: 'plain', version: '1.2.3' },
  ]);
  expect(found.lockFiles).toEqual([{ name: 'package-lock.json', sha256: sha256(lock) }]);
});

test.runIf(unix)('R: its version and libraries, renv.lock, graphics cards and their driver', async () => {
  put('bin/Rscript', '#!/bin/sh\nprintf "4.2.2\\nsurvival\\t3.5-3\\ndata.table\\t1.14.8\\n"\n', 0o755);
  const asked = '--query-gpu=name,driver_version --format=csv,noheader';
  put(
    'bin/nvidia-smi',
    `#!/bin/sh\n[ "$*" = "${asked}" ] || exit 2\necho "NVIDIA A100-SXM4-40GB, 535.104.05"\necho "NVIDIA A100-SXM4-40GB, 535.104.05"\n`,
    0o755,
  );
  const lock = '{ "R": { "Version": "4.2.2" }, "Packages": {} }\n';
  put('r/renv.lock', lock);
  const found = await capture(['Rscript', 'train.R'], join(base, 'r'));
  expect(found).toMatchObject({
    interpreter: { kind: 'r', version: '4.2.2' },
    packages: [
      { manager: 'r', name: 'survival', version: '3.5-3' },
      { manager: 'r', name: 'data.table', version: '1.14.8' },
    ],
    lockFiles: [{ name: 'renv.lock', sha256: sha256(lock) }],
    gpus: ['NVIDIA A100-SXM4-40GB', 'NVIDIA A100-SXM4-40GB'],
    driver: '535.104.05',
    problems: [],
  });
});

test.runIf(unix)(
  'programs that hang or fail are given up, and what is missing is said',
  { timeout: 60_000 },
  async () => {
    put('bin/Rscript', '#!/bin/sh\nexec sleep 300\n', 0o755);
    put('bin/nvidia-smi', '#!/bin/sh\nexec sleep 300\n', 0o755);
    const found = await capture(['Rscript', 'train.R'], join(base, 'r'));
    expect(found).toMatchObject({
      interpreter: { kind: 'r', version: 'unknown' },
      packages: [],
      gpus: [],
      driver: null,
      problems: ['r did not say what packages it has'],
    });
    put('bin/nvidia-smi', '#!/bin/sh\necho "No devices were found"\nexit 6\n', 0o755);
    expect((await capture([process.execPath], join(base, 'r'))).gpus).toEqual([]);
  },
);

test('names, passwords and tokens within addresses are in neither the kept code nor an output', async () => {
  const secret = [
    '--index-url https://anna:pa55word-of-anna@pypi.example.org/simple',
    '--extra-index-url https://d3adbeefd3adbeef@pypi.example.org/simple',
    'https://conda.anaconda.org/t/an-0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f/lab',
    'numpy==1.26.4',
    'see https://discuss.example.org/t/a-topic/1234 and git@github.com:lab/code',
  ].join('\n');
  const shown = [
    '--index-url https://anna:[masked: key]@pypi.example.org/simple',
    '--extra-index-url https://[masked: key]@pypi.example.org/simple',
    'https://conda.anaconda.org/t/[masked: key]/lab',
    'numpy==1.26.4',
    'see https://discuss.example.org/t/a-topic/1234 and git@github.com:lab/code',
  ].join('\n');
  put('indexes/requirements.txt', secret);
  const run = join(base, 'run');
  mkdirSync(join(run, 'job'), { recursive: true });
  const { artifact } = await takeSnapshot(
    join(base, 'indexes'),
    ['python', 'train.py'],
    { scratch: join(run, 'job'), kept: run },
    process.env,
  );
  expect(strFromU8(unzipSync(readFileSync(join(run, artifact!.path)))['requirements.txt']!)).toBe(shown);
  expect(createMask({}).line(secret)).toBe(shown);
});

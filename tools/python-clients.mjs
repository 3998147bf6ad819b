// Python environments with the real MLflow clients, for test/tracking/clients: build/mlflow-2 and build/mlflow-3. It needs a
// Python 3.10 or newer and the package index; without them, or past its time, it says so and the tests report what was not run.
//   node tools/python-clients.mjs [--minutes 8]
// PyTorch is too large to fetch for a test. Where WARDBOOK_PYTHON names a Python that has it, Lightning is added beside it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './root.mjs';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '8' } } });
const end = Date.now() + Number(values.minutes) * 60_000;
const windows = process.platform === 'win32';

const packages = ['scikit-learn', 'xgboost-cpu', 'psutil', 'setuptools'];
const lightning = ['lightning', 'pytorch-lightning', 'lightning-utilities', 'torchmetrics'];

mkdirSync(join(root, 'build'), { recursive: true });
for (const major of [2, 3]) make(major);

function make(major) {
  const folder = join(root, 'build', `mlflow-${major}`);
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return;
  rmSync(folder, { recursive: true, force: true });
  const python = join(folder, windows ? 'Scripts/python.exe' : 'bin/python');
  try {
    run(windows ? 'python' : 'python3', ['-m', 'venv', folder]);
    run(python, ['-m', 'pip', 'install', '--quiet', `mlflow>=${major},<${major + 1}`, ...packages]);
    addLightning(python);
    writeFileSync(complete, '');
    console.log(
      `MLflow ${major}: ${run(python, ['-c', 'import mlflow; print(mlflow.__version__)']).trim()} in build/mlflow-${major}`,
    );
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    console.log(`MLflow ${major}: no environment, so its tests will not run. ${error.message}`);
  }
}

function addLightning(python) {
  const other = process.env.WARDBOOK_PYTHON;
  if (!other) return;
  const where = 'import os, torch; print(os.path.dirname(os.path.dirname(torch.__file__)))';
  const found = spawnSync(other, ['-c', where], { encoding: 'utf8' });
  if (found.status !== 0) return;
  run(python, ['-m', 'pip', 'install', '--quiet', '--no-deps', ...lightning]);
  run(python, ['-m', 'pip', 'install', '--quiet', 'fsspec', 'tqdm']);
  // Behind its own packages, so that only what it lacks comes from there.
  const write = `import pathlib, sysconfig; pathlib.Path(sysconfig.get_path('purelib'), 'zz-torch.pth').write_text(${JSON.stringify(found.stdout)})`;
  run(python, ['-c', write]);
}

function run(command, args) {
  const left = end - Date.now();
  if (left <= 0) throw new Error('The time for it is over.');
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: left });
  if (error?.code === 'ETIMEDOUT') throw new Error('The time for it is over.');
  if (error) throw new Error(`${command} could not be started.`);
  if (status !== 0) throw new Error(`${args.slice(0, 4).join(' ')} failed: ${stderr.trim().split('\n').at(-1)}`);
  return stdout;
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CommandEnvironment } from '../../../shared/model/command.ts';
import { askProgram, type Surroundings } from './ask-program.ts';
import { findInterpreter, type Interpreter } from './interpreter.ts';
import { nodePackages, rPackages } from './other-packages.ts';
import { type Packages, pythonPackages } from './python-packages.ts';

const lockNames = [
  'uv.lock',
  'poetry.lock',
  'Pipfile.lock',
  'pdm.lock',
  'requirements.txt',
  'environment.yml',
  'environment.yaml',
  'conda-lock.yml',
  'renv.lock',
  'package-lock.json',
  'yarn.lock',
  'pnpm-lock.yaml',
];

/**
 * What a command is run with: its interpreter, the packages it finds, files that pin them, graphics cards and CUDA. Read while
 * the command runs, from metadata on this machine; what does not answer in time is named in `problems`.
 */
export async function captureCommandEnvironment(
  argv: string[],
  root: string,
  jobFolder: string,
  surroundings: Surroundings,
): Promise<CommandEnvironment> {
  const { cwd, env } = surroundings;
  const interpreter = findInterpreter(argv, cwd, env);
  const [packages, cards] = await Promise.all([
    interpreter === null ? null : packagesOf(interpreter, jobFolder, surroundings),
    askProgram('nvidia-smi', ['--query-gpu=name,driver_version', '--format=csv,noheader'], {
      ...surroundings,
      timeoutMs: 10_000,
    }),
  ]);
  const rows = cards?.toString('utf8').trim().split('\n').filter(Boolean) ?? [];
  return {
    interpreter:
      interpreter === null
        ? null
        : {
            kind: interpreter.kind,
            version: packages?.version ?? 'unknown',
            program: packages?.program ?? interpreter.program,
          },
    packages: packages?.packages ?? [],
    lockFiles: lockFiles(cwd, root),
    cuda: packages?.cuda ?? null,
    gpus: rows.map((row) => row.split(',')[0]!.trim()),
    driver: rows[0]?.split(',')[1]?.trim() ?? null,
    problems: interpreter !== null && packages === null ? [`${interpreter.kind} did not say what packages it has`] : [],
  };
}

function packagesOf(interpreter: Interpreter, folder: string, surroundings: Surroundings): Promise<Packages | null> {
  if (interpreter.kind === 'python') return pythonPackages(interpreter, folder, surroundings);
  return interpreter.kind === 'r' ? rPackages(interpreter, surroundings) : nodePackages(interpreter, surroundings);
}

/** The nearest of each name, from the working folder up to the top of its repository; one that cannot be read is left out. */
function lockFiles(cwd: string, root: string): CommandEnvironment['lockFiles'] {
  const folders = [cwd];
  while (folders.at(-1) !== root && dirname(folders.at(-1)!) !== folders.at(-1)) folders.push(dirname(folders.at(-1)!));
  const within = folders.at(-1) === root ? folders : [cwd];
  return lockNames.flatMap((name) => {
    const sha256 = within.map((folder) => hashOf(join(folder, name))).find((hash) => hash !== null);
    return sha256 == null ? [] : [{ name, sha256 }];
  });
}

function hashOf(file: string): string | null {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return null;
  }
}

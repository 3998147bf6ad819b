import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findProgram } from './find-program.ts';

export type Interpreter = { kind: 'python' | 'r' | 'node'; program: string };

const kinds: [RegExp, Interpreter['kind']][] = [
  [/^python(\d+(\.\d+)*)?(w|\.exe)?$/i, 'python'],
  [/^(Rscript|R)(\.exe)?$/, 'r'],
  [/^(node|npm|npx|tsx)(\.exe|\.cmd)?$/i, 'node'],
];

const kindOf = (program: string): Interpreter['kind'] | null =>
  kinds.find(([pattern]) => pattern.test(basename(program)))?.[1] ?? null;

/**
 * What runs a command's code: its own first word, the first interpreter among its words (`uv run python …`, `nice python …`),
 * the environment that a tool will choose (`uv run train.py`), or the interpreter that a script names in its first line
 * (`torchrun`, `accelerate`, `./train.sh`). Null when none is recognised.
 */
export function findInterpreter(argv: string[], folder: string, env: NodeJS.ProcessEnv): Interpreter | null {
  const [first = ''] = argv;
  // An environment beside the code is what `uv run` takes, whatever python is on the path.
  if (/^(uv|uvx)(\.exe)?$/i.test(basename(first))) {
    const own = [env['UV_PROJECT_ENVIRONMENT'], join(folder, '.venv')].flatMap((at) =>
      at === undefined ? [] : [pythonOf(at)],
    );
    const found = own.find((program) => existsSync(program));
    if (found !== undefined) return { kind: 'python', program: found };
  }
  for (const word of argv.slice(0, 8)) {
    const kind = kindOf(word);
    const program = kind === null ? null : findProgram(word, folder, env);
    if (kind !== null && program !== null) return { kind, program };
  }
  const file = findProgram(first, folder, env);
  return file === null ? null : namedInFirstLine(file, folder, env);
}

function pythonOf(environment: string): string {
  return process.platform === 'win32' ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');
}

function namedInFirstLine(file: string, folder: string, env: NodeJS.ProcessEnv): Interpreter | null {
  const head = Buffer.alloc(256);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, head, 0, head.length, 0);
  } finally {
    closeSync(handle);
  }
  const words = /^#!\s*([^\n\0]+)/.exec(head.toString('latin1'))?.[1]?.trim().split(/\s+/) ?? [];
  for (const word of words) {
    const kind = kindOf(word);
    const program = kind === null ? null : findProgram(word, folder, env);
    if (kind !== null && program !== null) return { kind, program };
  }
  return null;
}

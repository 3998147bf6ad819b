import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CommandEnvironment } from '../../../shared/model/command.ts';
import { askProgram, type Surroundings } from './ask-program.ts';
import type { Interpreter } from './interpreter.ts';
import type { Packages } from './python-packages.ts';

const rProbe =
  'p <- installed.packages()[, c("Package", "Version")]; cat(as.character(getRversion()), "\\n", sep = ""); cat(paste(p[, 1], p[, 2], sep = "\\t"), sep = "\\n")';

/** Packages of an R, from its libraries. */
export async function rPackages({ program }: Interpreter, surroundings: Surroundings): Promise<Packages | null> {
  const rscript = program.replace(/R(\.exe)?$/, 'Rscript$1').replace(/RscriptRscript/, 'Rscript');
  const asked = existsSync(rscript) ? rscript : program;
  const printed = await askProgram(asked, ['--no-save', '-e', rProbe], { ...surroundings, timeoutMs: 20_000 });
  const [version, ...lines] = printed?.toString('utf8').trim().split('\n') ?? [];
  if (version === undefined || !/^\d/.test(version)) return null;
  const packages = lines.flatMap((line) => {
    const [name, of] = line.split('\t');
    return name && of ? [{ manager: 'r' as const, name, version: of.trim() }] : [];
  });
  return { version, program, cuda: null, packages };
}

/** Packages in the nearest `node_modules`, and the version of Node. */
export async function nodePackages({ program }: Interpreter, surroundings: Surroundings): Promise<Packages | null> {
  const node = /node(\.exe)?$/i.test(program) ? program : join(dirname(program), 'node');
  const printed = await askProgram(node, ['--version'], { ...surroundings, timeoutMs: 5_000 });
  if (printed === null) return null;
  return {
    version: printed.toString('utf8').trim().replace(/^v/, ''),
    program: node,
    cuda: null,
    packages: npmPackages(surroundings.cwd),
  };
}

function npmPackages(folder: string): CommandEnvironment['packages'] {
  const modules = join(folder, 'node_modules');
  if (!existsSync(modules)) return dirname(folder) === folder ? [] : npmPackages(dirname(folder));
  const names = namesIn(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => (name.startsWith('@') ? namesIn(join(modules, name)).map((one) => `${name}/${one}`) : [name]));
  return names.sort().flatMap((name) => {
    try {
      const { version } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) as { version?: string };
      return version === undefined ? [] : [{ manager: 'npm' as const, name, version }];
    } catch {
      return [];
    }
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

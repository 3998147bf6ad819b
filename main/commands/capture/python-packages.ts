import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CommandEnvironment } from '../../../shared/model/command.ts';
import { askProgram, type Surroundings } from './ask-program.ts';
import type { Interpreter } from './interpreter.ts';

export type Packages = Pick<CommandEnvironment, 'packages' | 'cuda'> & { version: string; program: string };

/** Reads the metadata of installed packages: nothing of them is imported and nothing is asked of any network. */
const probe = `import json, os, sys
try:
    from importlib import metadata
except ImportError:
    import importlib_metadata as metadata
found = {}
for one in metadata.distributions():
    try:
        name, version = one.metadata["Name"], one.version
    except Exception:
        continue
    if name and version and name not in found:
        found[name] = version
cuda = None
for folder in sys.path:
    path = os.path.join(folder, "torch", "version.py")
    if os.path.isfile(path):
        for line in open(path, encoding="utf-8"):
            if line.startswith("cuda") and "'" in line:
                cuda = line.split("'")[1]
        break
print(json.dumps({"version": sys.version.split()[0], "program": sys.executable, "prefix": sys.prefix, "packages": found, "cuda": cuda}))
`;

const answer = z.object({
  version: z.string(),
  program: z.string(),
  prefix: z.string(),
  packages: z.record(z.string(), z.string()),
  cuda: z.string().nullable(),
});

/** Packages of a Python, by pip's metadata and, in a conda environment, by conda's. `folder` takes the question as a file. */
export async function pythonPackages(
  { program }: Interpreter,
  folder: string,
  surroundings: Surroundings,
): Promise<Packages | null> {
  const file = join(folder, 'packages.py');
  // A file, since with -c the working folder comes first on the path and a json.py there would be run.
  writeFileSync(file, probe, { mode: 0o600 });
  const printed = await askProgram(program, [file], { ...surroundings, timeoutMs: 20_000 });
  const parsed = answer.safeParse(parsedJson(printed));
  if (!parsed.success) return null;
  const { version, program: real, prefix, packages, cuda } = parsed.data;
  const pip = Object.entries(packages).map(([name, version]) => ({ manager: 'pip' as const, name, version }));
  return { version, program: real, cuda, packages: [...pip.sort(byName), ...condaPackages(prefix)] };
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

function parsedJson(printed: Buffer | null): unknown {
  try {
    return JSON.parse(printed?.toString('utf8') ?? 'null');
  } catch {
    return null;
  }
}

/** Conda keeps a file `name-version-build.json` for each package of an environment. */
function condaPackages(prefix: string): CommandEnvironment['packages'] {
  const folder = join(prefix, 'conda-meta');
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const match = /^(.+)-([^-]+)-[^-]+\.json$/.exec(file);
      return match === null ? [] : [{ manager: 'conda' as const, name: match[1]!, version: match[2]! }];
    });
}

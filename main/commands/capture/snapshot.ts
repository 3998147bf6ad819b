import { createHash } from 'node:crypto';
import { closeSync, fstatSync, lstatSync, mkdirSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { zipSync } from 'fflate';
import type { CodeSnapshot } from '../../../shared/model/command.ts';
import type { Artifact } from '../../../shared/model/run.ts';
import { maskAddresses } from '../launcher/mask.ts';
import { listUnignored, readGit } from './git.ts';
import { listFolder } from './list-folder.ts';

const largestFile = 2 ** 20;
const largestSnapshot = 20 * 2 ** 20;
const mostFiles = 5_000;

/** In a folder without Git these are code; in a repository every changed text file counts. */
const codeExtensions = new Set(
  '.py .pyx .pyi .ipynb .r .rmd .qmd .jl .m .js .mjs .cjs .ts .tsx .jsx .sh .bash .ps1 .bat .c .h .cc .cpp .hpp .cu .rs .go .java .scala .lua .sql .toml .yaml .yml .cfg .ini .json .lock .txt .md .dockerfile'.split(
    ' ',
  ),
);
const codeNames = new Set(['makefile', 'dockerfile', 'requirements', 'pipfile', 'snakefile', '.gitignore']);

type Wanted = { path: string; state: CodeSnapshot['files'][number]['state'] };

/**
 * Keeps the code that a command is about to run as `code.zip` in `kept`, the folder of its artifacts: in a Git repository what differs from the
 * commit (changed and untracked files that are not ignored) and the script itself; elsewhere the code of the working folder.
 * Data stay out: only text, up to 1 MiB a file and 20 MiB in all, and what is left out is listed. Nothing is written outside
 * `kept` and `scratch`.
 */
export async function takeSnapshot(
  folder: string,
  argv: string[],
  { scratch, kept }: { scratch: string; kept: string },
  env: NodeJS.ProcessEnv,
): Promise<{ snapshot: CodeSnapshot; artifact: Artifact | null; root: string }> {
  const git = await readGit(folder, env);
  const root = git?.root ?? folder;
  const wanted: Wanted[] =
    git === null
      ? (await filesWithoutGit(folder, scratch, env)).map((path) => ({ path, state: 'whole' }))
      : [
          ...git.changed.map((path): Wanted => ({ path, state: 'changed' })),
          ...git.untracked.map((path): Wanted => ({ path, state: 'untracked' })),
        ];
  for (const path of scriptsOf(argv, folder, root)) {
    if (!wanted.some((one) => one.path === path)) wanted.push({ path, state: git === null ? 'whole' : 'script' });
  }
  const { files, contents, leftOut } = readFiles(root, wanted);
  const snapshot: CodeSnapshot = {
    git:
      git === null
        ? null
        : {
            commit: git.commit,
            branch: git.branch,
            changed: git.changed.length + git.deleted.length,
            untracked: git.untracked.length,
          },
    files,
    deleted: git?.deleted ?? [],
    leftOut: leftOut.slice(0, 1_000),
    problem: null,
  };
  return { snapshot, artifact: files.length === 0 ? null : writeZip(kept, contents), root };
}

async function filesWithoutGit(folder: string, scratch: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const empty = join(scratch, 'empty.git');
  const listed = await listUnignored(folder, empty, env);
  rmSync(empty, { recursive: true, force: true });
  return (listed ?? listFolder(folder)).filter(isCode);
}

function isCode(path: string): boolean {
  const name = basename(path).toLowerCase();
  return codeExtensions.has(extname(name)) || codeNames.has(name);
}

/** Arguments that are files below `root` and look like code. */
function scriptsOf(argv: string[], folder: string, root: string): string[] {
  return argv
    .map((argument) => relative(root, resolve(folder, argument)))
    .filter((path) => path !== '' && !path.startsWith('..') && !isAbsolute(path) && isCode(path))
    .filter((path) => lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile());
}

function readFiles(root: string, wanted: Wanted[]) {
  const files: CodeSnapshot['files'] = [];
  const contents: Record<string, Uint8Array> = {};
  const leftOut: CodeSnapshot['leftOut'] = [];
  let total = 0;
  for (const { path, state } of wanted) {
    const bytes = readText(join(root, path));
    if (bytes === 'absent') continue;
    if (typeof bytes === 'string') leftOut.push({ path, why: bytes });
    else if (total + bytes.length > largestSnapshot || files.length >= mostFiles)
      leftOut.push({ path, why: 'over-the-limit' });
    else {
      total += bytes.length;
      files.push({ path, bytes: bytes.length, state });
      contents[path.replaceAll('\\', '/')] = bytes;
    }
  }
  return { files, contents, leftOut };
}

/** A regular file's bytes, addresses masked, if it is text of a sensible size; a link is not followed, since it may lead to data. */
function readText(file: string): Buffer | 'absent' | 'too-large' | 'not-text' {
  if (!lstatSync(file, { throwIfNoEntry: false })?.isFile()) return 'absent';
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return 'absent';
  }
  try {
    const { size } = fstatSync(handle);
    if (size > largestFile) return 'too-large';
    const bytes = Buffer.alloc(size);
    const read = readSync(handle, bytes, 0, size, 0);
    const text = bytes.subarray(0, read);
    return text.includes(0) ? 'not-text' : maskAddresses(text);
  } finally {
    closeSync(handle);
  }
}

function writeZip(kept: string, contents: Record<string, Uint8Array>): Artifact {
  // One time for all, so that the same code makes the same bytes.
  const zip = zipSync(contents, { level: 6, mtime: new Date('2000-01-01T00:00:00Z') });
  mkdirSync(kept, { recursive: true, mode: 0o700 });
  writeFileSync(join(kept, 'code.zip'), zip, { mode: 0o600 });
  return { path: 'code.zip', bytes: zip.length, sha256: createHash('sha256').update(zip).digest('hex') };
}

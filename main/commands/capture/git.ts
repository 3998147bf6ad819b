import { askProgram } from './ask-program.ts';

/** Paths are relative to `root`, the top of the repository (or the folder itself where there is none). */
export type GitState = {
  root: string;
  commit: string | null;
  branch: string | null;
  changed: string[];
  deleted: string[];
  untracked: string[];
};

const timeoutMs = 10_000;

/**
 * Asks Git without letting it touch anything: no index is refreshed, no lock taken, nothing fetched, no hook or monitor of the
 * repository started.
 */
function git(folder: string, args: string[], env: NodeJS.ProcessEnv): Promise<Buffer | null> {
  const quiet = { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C' };
  const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.quotePath=false'];
  return askProgram('git', [...safe, ...args], { cwd: folder, env: { ...env, ...quiet }, timeoutMs });
}

/** The state of the repository that holds `folder`; null when there is none, or Git is not there or refuses it. */
export async function readGit(folder: string, env: NodeJS.ProcessEnv): Promise<GitState | null> {
  const top = await git(folder, ['rev-parse', '--show-toplevel'], env);
  if (top === null) return null;
  const root = top.toString('utf8').trim();
  const status = await git(
    root,
    ['status', '--porcelain=v2', '--branch', '-z', '--untracked-files=all', '--ignore-submodules=all', '--no-renames'],
    env,
  );
  if (status === null) return null;
  return { root, ...parseStatus(status.toString('utf8')) };
}

/** Of `git status --porcelain=v2 --branch -z` without renames: entries end in NUL, and the path is the last field of each. */
export function parseStatus(status: string): Omit<GitState, 'root'> {
  const state: Omit<GitState, 'root'> = { commit: null, branch: null, changed: [], deleted: [], untracked: [] };
  for (const entry of status.split('\0')) {
    const [kind, ...fields] = entry.split(' ');
    if (kind === '#' && fields[0] === 'branch.oid') state.commit = fields[1] === '(initial)' ? null : fields[1]!;
    else if (kind === '#' && fields[0] === 'branch.head') state.branch = fields[1] === '(detached)' ? null : fields[1]!;
    else if (kind === '?') state.untracked.push(fields.join(' '));
    else if (kind === '1' || kind === 'u') {
      const path = fields.slice(kind === '1' ? 7 : 9).join(' ');
      const isGone = fields[0]![1] === 'D' || (fields[0]![0] === 'D' && fields[0]![1] === '.');
      (isGone ? state.deleted : state.changed).push(path);
    }
  }
  return state;
}

/** Every file of a folder outside any repository that its `.gitignore` files let through; null without Git. */
export async function listUnignored(
  folder: string,
  emptyRepository: string,
  env: NodeJS.ProcessEnv,
): Promise<string[] | null> {
  // A repository of its own beside the run, so that nothing is written into the folder.
  if ((await git(folder, ['init', '--quiet', '--bare', emptyRepository], env)) === null) return null;
  const listed = await git(
    folder,
    [`--git-dir=${emptyRepository}`, `--work-tree=${folder}`, 'ls-files', '-z', '--others', '--exclude-standard'],
    env,
  );
  return listed === null ? null : listed.toString('utf8').split('\0').filter(Boolean);
}

import type { Artifact } from '../../../../shared/model/run.ts';

/** A folder or a file of the tree; `path` of a folder ends with a slash. */
export type TreeRow = {
  path: string;
  name: string;
  depth: number;
  bytes: number;
  /** Files below; null for a file. */
  files: number | null;
  open: boolean;
  /** Its place among those of the same folder, from 1, and how many these are. */
  place: number;
  of: number;
};

type Folder = { path: string; folders: Map<string, Folder>; artifacts: Artifact[]; bytes: number; files: number };

/** Folders below which everything is shown at once when the tree is not larger than this. */
const SMALL = 60;

const emptyFolder = (path: string): Folder => ({ path, folders: new Map(), artifacts: [], bytes: 0, files: 0 });

/** The files of a run by folder, with the bytes and files below each. */
export function buildTree(artifacts: readonly Artifact[]): Folder {
  const root = emptyFolder('');
  for (const artifact of artifacts) {
    const parts = artifact.path.split('/');
    let folder = root;
    folder.bytes += artifact.bytes;
    folder.files += 1;
    for (const part of parts.slice(0, -1)) {
      let next = folder.folders.get(part);
      if (next === undefined) {
        next = emptyFolder(`${folder.path}${part}/`);
        folder.folders.set(part, next);
      }
      next.bytes += artifact.bytes;
      next.files += 1;
      folder = next;
    }
    folder.artifacts.push(artifact);
  }
  return root;
}

/** Folders that are open at first: all of a small tree, none of a large one. */
export function openAtFirst(artifacts: readonly Artifact[]): ReadonlySet<string> {
  if (artifacts.length > SMALL) return new Set();
  return new Set(artifacts.flatMap(({ path }) => foldersOf(path)));
}

/** Every folder that a file lies in, outermost first. */
export function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => `${parts.slice(0, at + 1).join('/')}/`);
}

/** The rows in sight: folders first, then files, each by name as a person counts. */
export function visibleRows(root: Folder, open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (folder: Folder, depth: number): void => {
    const folders = [...folder.folders].sort(([a], [b]) => byName(a, b));
    const files = folder.artifacts
      .map((artifact) => ({ artifact, name: artifact.path.slice(folder.path.length) }))
      .sort((a, b) => byName(a.name, b.name));
    const of = folders.length + files.length;
    for (const [at, [name, below]] of folders.entries()) {
      const isOpen = open.has(below.path);
      const { path, bytes, files: count } = below;
      rows.push({ path, name, depth, bytes, files: count, open: isOpen, place: at + 1, of });
      if (isOpen) visit(below, depth + 1);
    }
    for (const [at, { artifact, name }] of files.entries()) {
      const { path, bytes } = artifact;
      rows.push({ path, name, depth, bytes, files: null, open: false, place: folders.length + at + 1, of });
    }
  };
  visit(root, 0);
  return rows;
}

const collator = new Intl.Collator('en', { numeric: true });
const byName = (a: string, b: string): number => collator.compare(a, b);

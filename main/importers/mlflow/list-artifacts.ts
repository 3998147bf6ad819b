import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { SkippedSource } from '../../../shared/model/run-import.ts';
import type { ImportedFile } from '../../store/imports/imported-run.ts';

const most = 100_000;

/** Every file below a folder, under `prefix` in the run. Links are left out: they may lead anywhere. */
export function listArtifacts(folder: string, prefix: string, skipped: SkippedSource[]): ImportedFile[] {
  const files: ImportedFile[] = [];
  const visit = (place: string, name: string): void => {
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      const path = name === '' ? entry.name : `${name}/${entry.name}`;
      if (entry.isDirectory()) visit(join(place, entry.name), path);
      else if (!entry.isFile()) skipped.push({ path, reason: 'it is a link or no ordinary file' });
      else if (files.length >= most) throw new RangeError('too many artifacts');
      else files.push({ path, from: join(place, entry.name) });
    }
  };
  if (isFolder(folder)) visit(folder, prefix);
  return files;
}

/**
 * Where the artifacts of a run lie here, given where MLflow said they were, mostly on another machine: below `base` by the end of
 * that address (`mlartifacts/…`, `mlruns/…`), or at the address itself when it is a folder of this very run. Null when nowhere.
 */
export function locateArtifacts(base: string, uri: string, run: string): string | null {
  const path = decoded(uri.replaceAll('\\', '/'));
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  // An address names this run's folder or it is not looked at: a foreign database must not choose what is copied.
  if (parts.includes('..') || parts.at(-1) !== 'artifacts' || parts.at(-2) !== run) return null;
  const [experiment] = parts.slice(-3);
  const inside = join(experiment ?? '', run, 'artifacts');
  const candidates = [
    join(base, 'mlartifacts', inside),
    join(base, 'mlruns', inside),
    join(base, 'artifacts', inside),
    join(base, inside),
    ...(basename(base) === 'mlruns' ? [join(dirname(base), 'mlartifacts', inside)] : []),
    ...(/^(file:)?\//.test(path) ? [path.replace(/^file:\/*/, '/')] : []),
    ...(/^[a-z][a-z0-9+.-]+:/i.test(path) || path.startsWith('/') ? [] : [join(base, path)]),
  ];
  return candidates.find(isFolder) ?? null;
}

function decoded(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

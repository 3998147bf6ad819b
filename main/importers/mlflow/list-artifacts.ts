import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { SkippedSource } from '../../../shared/model/run-import.ts';
import type { ImportedFile } from '../../store/imports/imported-run.ts';
import { decoded } from './address.ts';

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
 * Where the artifacts of a run or a logged model lie here, given where MLflow said they were, mostly on another machine: below
 * `base` by the end of that address (`mlartifacts/…`, `mlruns/…`), or at the address itself when it is a folder of this very
 * owner (`RUN`, or `models` and `m-ID`). Null when nowhere.
 */
export function locateArtifacts(base: string, uri: string, owner: string[]): string | null {
  const path = decoded(uri.replaceAll('\\', '/'));
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const tail = [...owner, 'artifacts'];
  // An address names this owner's folder or it is not looked at: a foreign database must not choose what is copied.
  if (parts.includes('..') || parts.slice(-tail.length).join('/') !== tail.join('/')) return null;
  const inside = join(parts.at(-tail.length - 1) ?? '', ...tail);
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

export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

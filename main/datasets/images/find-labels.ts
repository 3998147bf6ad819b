import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { FoundFile } from './list-files.ts';

/** A labels table: where it is, and its folder as seen from the images' root (`''` for the root itself). */
export type LabelsPlace = { path: string; folder: string };

const usual = ['labels', 'metadata'];
const isTable = (path: string): boolean => /\.(?:csv|tsv)$/i.test(path);

/**
 * The labels table of a folder: the one named, else `labels.csv` or `metadata.csv`, else the only CSV or TSV file in it; null when
 * there is none. FILE_NOT_FOUND when the one named is not there; LABELS_NOT_FOUND when several could be meant.
 */
export function findLabels(root: string, files: FoundFile[], named: string | undefined): LabelsPlace | null {
  if (named !== undefined) return placeOf(root, namedPath(root, named));
  const tables = files.filter(({ path }) => !path.includes('/') && isTable(path)).map(({ path }) => path);
  for (const stem of usual) {
    const found = tables.find((path) => path.slice(0, -4).toLowerCase() === stem);
    if (found !== undefined) return { path: join(root, found), folder: '' };
  }
  if (tables.length > 1) {
    throw new AppError(
      'LABELS_NOT_FOUND',
      `The folder holds ${tables.length} tables, and none is called labels.csv or metadata.csv. Nothing was imported.`,
      'Name the one with the labels: --labels FILE.',
    );
  }
  return tables.length === 1 ? { path: join(root, tables[0]!), folder: '' } : null;
}

function namedPath(root: string, named: string): string {
  const tries = isAbsolute(named) ? [named] : [resolve(named), join(root, named)];
  const found = tries.find((path) => existsSync(path) && statSync(path).isFile());
  if (found !== undefined) return found;
  throw new AppError(
    'FILE_NOT_FOUND',
    'The labels table that was named is not there. Nothing was imported.',
    'Check the path after --labels.',
  );
}

/** A table outside the folder counts as lying in the folder itself. */
function placeOf(root: string, path: string): LabelsPlace {
  const folder = relative(resolve(root), resolve(dirname(path)));
  const inside = folder !== '..' && !folder.startsWith(`..${sep}`) && !isAbsolute(folder);
  return { path, folder: inside ? folder.split(sep).join('/') : '' };
}

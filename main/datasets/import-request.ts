import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import { datasetName } from '../../shared/model/dataset.ts';
import type { ImportProgress } from './import-progress.ts';
import type { Pause } from './receive-file.ts';
import type { SubjectChoice } from './subject-choice.ts';

/** `dicom`: of a folder only its DICOM files. */
export type ImportKind = 'table' | 'images' | 'dicom';

/** What to import: `path` is a table, or a folder of images. */
export type ImportRequest = {
  path: string;
  name: string;
  subject: SubjectChoice;
  signal?: AbortSignal;
  onProgress?: (progress: ImportProgress) => void;
};

/** NAME_INVALID unless a dataset can have this name. */
export function checkName(name: string): string {
  const parsed = datasetName.safeParse(name);
  if (parsed.success) return parsed.data;
  throw new AppError(
    'NAME_INVALID',
    `"${name}" cannot be the name of a dataset.`,
    'Use letters, digits, dots, dashes and underscores, starting with a letter or digit, at most 100 of them.',
  );
}

/** Lets the event loop turn; IMPORT_CANCELLED once the signal says so. */
export function pauseOf(signal: AbortSignal | undefined): Pause {
  return async () => {
    await nextTurn();
    if (signal?.aborted) throw new AppError('IMPORT_CANCELLED', 'The import was cancelled. The vault is as it was.');
  };
}

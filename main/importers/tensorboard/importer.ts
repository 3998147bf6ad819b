import { basename, join, relative, resolve } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { SkippedSource } from '../../../shared/model/run-import.ts';
import { blankRun, type ImportedRun } from '../../store/imports/imported-run.ts';
import type { FoundRun, Importer, Reading } from '../importer.ts';
import { type EventFile, findFolders, type RunFolder, runKeyOf, stampOf } from './find-folders.ts';
import { readRecords } from './records.ts';
import { type RunState, startRun } from './run-state.ts';
import { takeEvent } from './take-event.ts';

/** TensorBoard log folders: every folder with event files is a run, named by its path below the chosen folder. */
export const tensorboardImporter: Importer = {
  async find(path, reading) {
    const { folders, skipped } = await findFolders(path, reading.pause);
    if (folders.length === 0) {
      throw new AppError(
        'SOURCE_NOT_FOUND',
        `No TensorBoard event files lie in ${path} or below it.`,
        'Name the log folder; the names of event files hold "tfevents".',
      );
    }
    const runs: FoundRun[] = [];
    for (const folder of folders) {
      const found = describe(path, folder);
      if (found === null) {
        skipped.push({ path: shownPath(path, folder.path), reason: 'its event files hold no record yet' });
      } else runs.push(found);
    }
    return { runs, skipped };
  },
};

const shownPath = (root: string, folder: string): string => relative(resolve(root), folder) || '.';

function describe(root: string, folder: RunFolder): FoundRun | null {
  const key = runKeyOf(folder);
  if (key === null) return null;
  const path = shownPath(root, folder.path);
  const study = basename(resolve(root)).slice(0, 200) || 'TensorBoard';
  const name = path === '.' ? study : path;
  return {
    key,
    stamp: stampOf(folder),
    study,
    name,
    path,
    bytes: folder.files.reduce((sum, file) => sum + file.bytes, 0),
    async read(reading) {
      const state = startRun();
      const skipped: SkippedSource[] = [];
      for (const file of folder.files) {
        const { reason } = await readEvents(state, file, 0, reading);
        if (reason !== null) skipped.push({ path: join(path, basename(file.path)), reason });
      }
      skipped.push(...[...state.skipped].map((reason) => ({ path, reason })));
      return { run: toRun(state, study, name), skipped };
    },
  };
}

/** Reads what a file holds from `offset` on into the run; `reason` says why not all of it. */
export async function readEvents(
  state: RunState,
  { path }: EventFile,
  offset: number,
  reading: Reading,
): Promise<{ offset: number; reason: string | null }> {
  const { offset: to, end } = await readRecords(
    path,
    offset,
    (buffer, start, stop) => takeEvent(state, buffer, start, stop),
    async (bytes) => {
      reading.progress(bytes);
      await reading.pause();
    },
  );
  return {
    offset: to,
    reason: end === 'damaged' ? `a checksum is wrong at byte ${to}; what follows was left out` : null,
  };
}

/** The run as far as it was read. */
export function toRun(state: RunState, study: string, name: string): ImportedRun {
  const started = Number.isFinite(state.firstTime) ? state.firstTime : null;
  return {
    ...blankRun(study, name, started ?? Date.now()),
    status: state.ended ?? 'finished',
    startedAt: started,
    endedAt: started === null ? null : state.lastTime,
    params: state.params,
    series: state.series.finish(),
    records: state.records,
    files: [...state.images.values()].flat(),
  };
}

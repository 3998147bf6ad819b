import { basename, join, relative, resolve } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { SkippedSource } from '../../../shared/model/run-import.ts';
import { blankRun, type ImportedRun } from '../../store/imports/imported-run.ts';
import type { FoundRun, Importer, Reading } from '../importer.ts';
import { type EventFile, findFolders, type RunFolder, runKeyOf, stampOf } from './find-folders.ts';
import { resume, writeProgress } from './progress.ts';
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
      const found = describe(path, folder, reading);
      if (found === null) {
        skipped.push({ path: shownPath(path, folder.path), reason: 'its event files hold no record yet' });
      } else runs.push(found);
    }
    return { runs, skipped };
  },
};

const shownPath = (root: string, folder: string): string => relative(resolve(root), folder) || '.';

function describe(root: string, folder: RunFolder, { quietMs }: Reading): FoundRun | null {
  const key = runKeyOf(folder);
  if (key === null) return null;
  const path = shownPath(root, folder.path);
  const study = basename(resolve(root)).slice(0, 200) || 'TensorBoard';
  const name = path === '.' ? study : path;
  const grew = Math.max(...folder.files.map((file) => file.mtimeMs));
  const grows = quietMs !== null && Date.now() - grew < quietMs;
  return {
    key,
    // When the files come to rest the run is read once more, for its end.
    stamp: `${stampOf(folder)}${grows ? '|running' : ''}`,
    study,
    name,
    path,
    bytes: folder.files.reduce((sum, file) => sum + file.bytes, 0),
    async read(reading, progress) {
      const goesOn = resume(progress, folder);
      const rest = goesOn === null ? null : await readFolder(folder, path, goesOn, reading);
      const done = rest === null || rest.state.takesBack ? null : rest;
      const { state, offsets, skipped } =
        done ?? (await readFolder(folder, path, { state: startRun(), offsets: [] }, reading));
      const run: ImportedRun = {
        ...toRun(state, study, name, grows),
        progress: writeProgress(state, folder, offsets),
        content: done === null ? 'whole' : { after: progress! },
      };
      return { run, skipped: [...skipped, ...[...state.skipped].map((reason) => ({ path, reason }))] };
    },
  };
}

/** Reads every file of a run from where it was read to before, 0 by default. */
async function readFolder(
  { files }: RunFolder,
  path: string,
  { state, offsets }: { state: RunState; offsets: number[] },
  reading: Reading,
): Promise<{ state: RunState; offsets: number[]; skipped: SkippedSource[] }> {
  const skipped: SkippedSource[] = [];
  const to: number[] = [];
  for (const [at, file] of files.entries()) {
    const { offset, reason } = await readEvents(state, file, offsets[at] ?? 0, reading);
    to.push(offset);
    if (reason !== null) skipped.push({ path: join(path, basename(file.path)), reason });
  }
  return { state, offsets: to, skipped };
}

/** Reads what a file holds from `offset` on into the run; `reason` says why not all of it. */
async function readEvents(
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

/** The run as far as it was read; `grows`: its files were written lately, and somebody watches them. */
function toRun(state: RunState, study: string, name: string, grows: boolean): ImportedRun {
  const started = Number.isFinite(state.firstTime) ? state.firstTime : null;
  return {
    ...blankRun(study, name, started ?? Date.now()),
    status: state.ended ?? (grows ? 'running' : 'finished'),
    startedAt: started,
    endedAt: started === null ? null : state.lastTime,
    params: state.params,
    series: state.series.finish(),
    records: state.records,
    // An image may be logged twice at a step: the later one counts, as in TensorBoard.
    files: [...new Map([...state.images.values()].flat().map((file) => [file.path, file])).values()],
  };
}

import { basename, dirname } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { SkippedSource } from '../../../shared/model/run-import.ts';
import { blankRun, type ImportedRun } from '../../store/imports/imported-run.ts';
import { findFiles } from '../find-files.ts';
import type { FoundRun, Importer } from '../importer.ts';
import { parsePythonJson } from '../python-json.ts';
import { openSession, type Session } from './session.ts';
import { takeEvents } from './take-events.ts';
import { type ClearmlTask, paramsOf, tagsOf } from './task.ts';

/** Offline sessions of ClearML: a folder with task.json, or the zip of one. */
export const clearmlImporter: Importer = {
  async find(path, reading) {
    const isSession = (name: string): boolean => name === 'task.json' || name.endsWith('.zip');
    const { files, skipped } = await findFiles(path, isSession, reading.pause);
    const runs: FoundRun[] = [];
    for (const file of files) {
      await reading.pause();
      const place = file.path.endsWith('.zip') ? file.path : dirname(file.path);
      const shown = file.path.endsWith('.zip') ? file.shown : dirname(file.shown);
      try {
        const session = openSession(place);
        const task = session === null ? null : readTask(session);
        if (session === null || task === null) skipped.push({ path: shown, reason: 'its task.json cannot be read' });
        else runs.push(describe(place, shown, session, task));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        skipped.push({ path: shown, reason: error.message });
      }
    }
    if (files.length === 0) {
      throw new AppError(
        'SOURCE_NOT_FOUND',
        `No offline session of ClearML (task.json or a zip with it) lies in ${path} or below it.`,
        'Name the session folder or its zip; ClearML prints where it is stored.',
      );
    }
    return { runs, skipped };
  },
};

function readTask(session: Session): ClearmlTask | null {
  const text = session.text('task.json');
  if (text === null) return null;
  try {
    const task = parsePythonJson(text);
    return typeof task === 'object' && task !== null && typeof (task as ClearmlTask).id === 'string'
      ? (task as ClearmlTask)
      : null;
  } catch {
    return null;
  }
}

function describe(place: string, shown: string, session: Session, task: ClearmlTask): FoundRun {
  const study = text(task.project_name).slice(0, 200) || 'ClearML';
  const name = text(task.name) || basename(place);
  return {
    key: task.id,
    stamp: session.stamp,
    study,
    name,
    path: shown,
    bytes: session.bytes,
    async read(reading) {
      // Opened again: between finding and reading a job may have written.
      const now = openSession(place);
      const fresh = now === null ? null : readTask(now);
      if (now === null || fresh === null) throw new AppError('FILE_UNREADABLE', 'its task.json cannot be read');
      const skipped: SkippedSource[] = [];
      const run: ImportedRun = { ...blankRun(study, name, Date.now()), params: paramsOf(fresh), tags: tagsOf(fresh) };
      await takeEvents(run, now, shown, skipped, reading);
      reading.progress(now.bytes);
      return { run: withEnd(run, fresh), skipped };
    },
  };
}

/** Start and end as the task says, otherwise those of its values. */
function withEnd(run: ImportedRun, task: ClearmlTask): ImportedRun {
  const times = [...run.series.values()].flatMap(({ times }) => [times[0]!, times.at(-1)!]);
  const started = dateOf(task.started) ?? (times.length > 0 ? Math.min(...times) : null);
  const ended = dateOf(task.completed) ?? (times.length > 0 ? Math.max(...times) : null);
  const failed = task.status === 'failed';
  return {
    ...run,
    createdAt: started ?? run.createdAt,
    startedAt: started,
    endedAt: ended,
    status: failed ? 'failed' : task.status === 'stopped' ? 'stopped' : 'finished',
    reason: failed ? 'The task says that it failed.' : null,
    note: text(task.comment).slice(0, 10_000),
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function dateOf(value: unknown): number | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

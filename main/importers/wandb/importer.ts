import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { SkippedSource } from '../../../shared/model/run-import.ts';
import { blankRun, type ImportedFile, type ImportedRun } from '../../store/imports/imported-run.ts';
import { findFiles, type SourceFile } from '../find-files.ts';
import { flattenParams } from '../flatten.ts';
import type { FoundRun, Importer, Reading } from '../importer.ts';
import { readWandbRecords } from './blocks.ts';
import { decodeRecord, timeOf, type WandbRun } from './messages.ts';
import { startRun, takeRecord, type WandbState } from './run-state.ts';

/** Offline runs of W&B: each `run-*.wandb` file is a run, its media lie beside it in `files`. */
export const wandbImporter: Importer = {
  async find(path, reading) {
    const { files, skipped } = await findFiles(path, (name) => name.endsWith('.wandb'), reading.pause);
    if (files.length === 0 || !files.some((file) => file.path.endsWith('.wandb'))) {
      throw new AppError(
        'SOURCE_NOT_FOUND',
        `No W&B run file (.wandb) lies in ${path} or below it.`,
        'Name the folder wandb of a project, or one of its offline runs.',
      );
    }
    const runs: FoundRun[] = [];
    for (const file of files) {
      const head = await readHead(file, reading);
      if (head === null) skipped.push({ path: file.shown, reason: 'it holds no whole run record' });
      else runs.push(describe(file, head));
    }
    return { runs, skipped };
  },
};

/** The record that says which run it is; among the first of the file. */
async function readHead(file: SourceFile, reading: Reading): Promise<WandbRun | null> {
  let run: WandbRun | null = null;
  let read = 0;
  await readWandbRecords(
    file.path,
    (bytes) => {
      read += 1;
      try {
        run = decodeRecord(bytes).run ?? null;
      } catch {
        return false;
      }
      return run === null && read < 100;
    },
    reading.pause,
  );
  return run;
}

function describe(file: SourceFile, head: WandbRun): FoundRun {
  const study = (head.project ?? '').slice(0, 200) || 'W&B';
  const name = head.display_name || head.run_id || file.shown;
  return {
    key: `${head.project ?? ''}/${head.run_id ?? ''}/${timeOf(head.start_time) ?? ''}`,
    stamp: String(file.bytes),
    study,
    name,
    path: file.shown,
    bytes: file.bytes,
    async read(reading) {
      const state = startRun();
      let unreadable = 0;
      const end = await readWandbRecords(
        file.path,
        (bytes) => {
          try {
            takeRecord(state, decodeRecord(bytes));
          } catch {
            unreadable += 1;
          }
          return true;
        },
        async (bytes) => {
          reading.progress(bytes);
          await reading.pause();
        },
      );
      const skipped: SkippedSource[] = [...state.skipped].map((reason) => ({ path: file.shown, reason }));
      if (end === 'damaged')
        skipped.push({ path: file.shown, reason: 'a checksum is wrong; what follows was left out' });
      if (unreadable > 0) skipped.push({ path: file.shown, reason: `${unreadable} records that cannot be read` });
      const media = findMedia(state, dirname(file.path), file.shown, skipped);
      return { run: toRun(state, study, name, media, dirname(file.path)), skipped };
    },
  };
}

function toRun(state: WandbState, study: string, name: string, media: ImportedFile[], folder: string): ImportedRun {
  const { run, exitCode, config, summary, series } = state;
  const started = timeOf(run.start_time);
  const { _wandb: _, ...settings } = config;
  for (const [key, value] of Object.entries(summary)) {
    const isOwn = !key.startsWith('_') && key.length <= 250 && !series.lists.has(key);
    if (isOwn && typeof value === 'number') series.add(key, state.lastStep, value, state.lastTime);
  }
  const log = join(folder, 'files', 'output.log');
  const readable = state.output.length === 0 && existsSync(log) && lstatSync(log).isFile();
  return {
    ...blankRun(study, name, started ?? Date.now()),
    status: exitCode === null ? 'crashed' : exitCode === 0 ? 'finished' : 'failed',
    reason: reasonOf(exitCode),
    startedAt: started,
    endedAt: state.lastTime === 0 ? null : state.lastTime,
    note: (run.notes ?? '').slice(0, 10_000),
    params: flattenParams(settings),
    tags: tagsOf(run),
    documents: { 'imported-summary': summary },
    series: series.finish(),
    records: state.records,
    files: media,
    log: readable ? readFileSync(log, 'utf8') : state.output.join(''),
  };
}

function reasonOf(exitCode: number | null): string | null {
  if (exitCode === null) return 'The source says nothing of an end: the job was killed, or still writes.';
  return exitCode === 0 ? null : `The job ended with exit code ${exitCode}.`;
}

function tagsOf({ tags = [], run_group, job_type, git = {} }: WandbRun): Record<string, string> {
  const known = {
    'wandb.group': run_group,
    'wandb.job_type': job_type,
    'mlflow.source.git.commit': git.commit,
    'mlflow.source.git.repoURL': git.remote_url,
  };
  const named = Object.entries(known).filter((entry): entry is [string, string] => (entry[1] ?? '') !== '');
  return Object.fromEntries([...tags.map((tag) => [tag.slice(0, 250) || '-', ''] as const), ...named]);
}

/** False also for a name that no file can have. */
function isOrdinaryFile(path: string): boolean {
  try {
    return lstatSync(path).isFile();
  } catch {
    return false;
  }
}

/** Media that really lie in the run's folder `files`; names that lead out of it and links are left out. */
function findMedia(state: WandbState, folder: string, shown: string, skipped: SkippedSource[]): ImportedFile[] {
  const root = resolve(folder, 'files') + sep;
  const found: ImportedFile[] = [];
  for (const name of state.media) {
    const path = resolve(root, name);
    const inside = path.startsWith(root) && !name.includes('\0');
    if (inside && isOrdinaryFile(path)) found.push({ path: path.slice(root.length).split(sep).join('/'), from: path });
    else
      skipped.push({
        path: shown,
        reason: `${name.slice(0, 200)}: ${inside ? 'there is no such file' : 'leads out of the run'}`,
      });
  }
  const there = new Set(found.map((file) => file.path));
  state.records = state.records.filter(
    (record) => record.kind !== 'image' || record.data.paths.every((path) => there.has(path)),
  );
  return found;
}

import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { AppError } from '../../../shared/errors.ts';
import type { ParamValue } from '../../../shared/model/run.ts';
import { blankRun } from '../../store/imports/imported-run.ts';
import { findFiles, type SourceFile, studyOf } from '../find-files.ts';
import { flattenParams } from '../flatten.ts';
import type { FoundRun, Importer } from '../importer.ts';
import {
  type LogRows,
  parseLines,
  parseTable,
  parseTrainerState,
  seriesOf,
  stepColumnOf,
  unreadable,
} from './read-log.ts';

/**
 * Logs as files: CSV and TSV with a column that counts (Lightning's metrics.csv, Keras' CSVLogger, DVCLive), JSON lines,
 * Hugging Face's trainer_state.json. A table without such a column is none: it may hold anything, patients included.
 */
export const csvImporter: Importer = {
  async find(path, reading) {
    const { files, skipped } = await findFiles(path, isLog, reading.pause);
    const runs: FoundRun[] = [];
    for (const group of groupFiles(files)) {
      await reading.pause();
      try {
        runs.push(await describe(path, group));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        skipped.push({ path: group.files[0]!.shown, reason: error.message });
      }
    }
    if (runs.length === 0 && skipped.length === 0) {
      throw new AppError(
        'SOURCE_NOT_FOUND',
        `No log of a training (.csv, .tsv, .jsonl, trainer_state.json) lies in ${path} or below it.`,
        'Name the file, or the folder that holds it.',
      );
    }
    return { runs, skipped };
  },
};

const isLog = (name: string): boolean => /\.(csv|tsv|jsonl|ndjson)$/i.test(name) || name === 'trainer_state.json';

/** The largest file that is read: a text beyond it does not fit into memory well. */
const mostBytes = 256 * 2 ** 20;

/** A run's files: one, or all of a DVCLive folder, which has one file per metric. */
type Group = { folder: string; files: SourceFile[]; dvclive: boolean };

const dvcliveMark = `${sep}plots${sep}metrics${sep}`;

function groupFiles(files: SourceFile[]): Group[] {
  const groups = new Map<string, Group>();
  for (const file of files) {
    const at = file.path.lastIndexOf(dvcliveMark);
    const root = at < 0 ? null : file.path.slice(0, at);
    const dvclive = root !== null && existsSync(join(root, 'metrics.json'));
    const key = dvclive ? root : file.path;
    const group = groups.get(key) ?? { folder: dvclive ? root : dirname(file.path), files: [], dvclive };
    group.files.push(file);
    groups.set(key, group);
  }
  return [...groups.values()];
}

async function describe(root: string, group: Group): Promise<FoundRun> {
  const first = group.files[0]!;
  const bytes = group.files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > mostBytes) throw unreadable(`it is larger than ${mostBytes / 2 ** 20} MB`);
  if (bytes === 0) throw unreadable('it is empty');
  const { rows } = await readRows(first);
  const stepColumn = stepColumnOf(rows);
  const needsStep = !/\.(jsonl|ndjson)$/i.test(first.path);
  if (rows.length === 0) throw unreadable('it has no rows yet');
  if (needsStep && stepColumn === null) {
    throw unreadable('it has no column step, epoch or iteration, so it is no log of a training');
  }
  const hash = createHash('sha256').update(await realpath(group.dvclive ? group.folder : first.path));
  hash.update(JSON.stringify(rows[0]));
  const name = nameOf(root, group);
  const study = studyOf(root);
  return {
    key: hash.digest('hex'),
    stamp: group.files.map((file) => `${file.bytes}:${file.mtimeMs}`).join('|'),
    study,
    name,
    path: first.shown,
    bytes,
    read: (reading) => read(group, study, name, reading),
  };
}

async function read(group: Group, study: string, name: string, reading: Parameters<FoundRun['read']>[0]) {
  const skipped: { path: string; reason: string }[] = [];
  const run = blankRun(study, name, Date.now());
  let latest = 0;
  for (const file of group.files) {
    await reading.pause();
    const { rows, bad } = await readRows(file);
    if (bad > 0) skipped.push({ path: file.shown, reason: `${bad} lines that are no JSON object` });
    for (const [key, series] of seriesOf(rows, stepColumnOf(rows), file.madeAt).finish()) {
      run.series.set(key, series);
    }
    latest = Math.max(latest, file.madeAt);
    reading.progress(file.bytes);
  }
  run.params = readParams(group.folder, skipped);
  const times = [...run.series.values()].flatMap(({ times }) => [times[0]!, times.at(-1)!]);
  const started = times.length === 0 ? latest : Math.min(...times);
  return {
    run: { ...run, createdAt: started, startedAt: started, endedAt: times.length === 0 ? latest : Math.max(...times) },
    skipped,
  };
}

async function readRows({ path }: SourceFile): Promise<{ rows: LogRows; bad: number }> {
  const text = await readFile(path, 'utf8');
  if (basename(path) === 'trainer_state.json') return { rows: parseTrainerState(text), bad: 0 };
  if (/\.(jsonl|ndjson)$/i.test(path)) return parseLines(text);
  return { rows: parseTable(text), bad: 0 };
}

/** A log that says nothing by its own name is named by its folder. */
function nameOf(root: string, { folder, files, dvclive }: Group): string {
  const first = files[0]!;
  const generic = dvclive || /^(metrics|log|logs|training|history|trainer_state|results)\./i.test(basename(first.path));
  const top = resolve(root);
  const shown = generic ? folder : first.path.slice(0, first.path.length - extname(first.path).length);
  if (shown === top || !shown.startsWith(top + sep)) return basename(shown);
  return shown.slice(top.length + 1);
}

/** Settings beside the log: Lightning's hparams.yaml, DVCLive's params.yaml. */
function readParams(folder: string, skipped: { path: string; reason: string }[]): Record<string, ParamValue> {
  const params: Record<string, ParamValue> = {};
  for (const name of ['hparams.yaml', 'params.yaml']) {
    const info = lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (info?.isFile() !== true || info.size > 1 << 20) continue;
    try {
      // Objects of Python are tagged; their plain content is enough.
      Object.assign(params, flattenParams(parseYaml(readFileSync(join(folder, name), 'utf8'), { logLevel: 'silent' })));
    } catch {
      skipped.push({ path: name, reason: 'it is not YAML' });
    }
  }
  return params;
}

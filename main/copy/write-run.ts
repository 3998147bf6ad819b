import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { artifactFile } from '../store/artifact-files.ts';
import { readDocuments } from '../store/documents.ts';
import { runFolder } from '../store/log.ts';
import { showRun } from '../store/run-detail.ts';
import { runKey } from '../store/run-key.ts';
import type { ReadableVault } from '../store/vault.ts';
import { copyPrivately } from './copy-file.ts';
import { jsonReady } from './json-ready.ts';
import { predictionTable } from './prediction-table.ts';
import { internalMark } from './readme.ts';
import { seriesTable } from './series-table.ts';
import { writeStepRecords } from './step-records-file.ts';
import { writeTable } from './table.ts';
import type { SeriesFormat } from './wish.ts';
import { writeModels } from './write-models.ts';

/**
 * One run as open files in a folder of its own; returns the files, whole paths. `demandWanted` is asked before each file and throws
 * to end it. Throws RUN_NOT_FOUND.
 */
export async function writeRun(
  vault: ReadableVault,
  id: string,
  folder: string,
  format: SeriesFormat,
  demandWanted: () => void,
): Promise<string[]> {
  const detail = showRun(vault, id);
  const documents = readDocuments(vault.db, runKey(vault.db, id));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = [join(folder, 'run.json')];
  const json = JSON.stringify({ internal: internalMark, ...detail, documents }, jsonReady, 2);
  writeFileSync(files[0]!, `${json}\n`, { flag: 'wx', mode: 0o600 });
  const tables = {
    metrics: seriesTable(vault, id, detail.seriesKeys),
    predictions: predictionTable(vault, id, detail),
  };
  for (const [name, table] of Object.entries(tables)) {
    if (table === null) continue;
    demandWanted();
    files.push(join(folder, `${name}.${format}`));
    writeTable(files.at(-1)!, table, format);
    await nextTurn();
  }
  const log = join(runFolder(vault.dir, id), 'log.txt');
  if (existsSync(log)) {
    files.push(join(folder, 'log.txt'));
    copyPrivately(log, files.at(-1)!);
  }
  for (const { path } of detail.artifacts) {
    demandWanted();
    files.push(join(folder, 'artifacts', ...path.split('/')));
    copyPrivately(artifactFile(vault, id, path), files.at(-1)!);
    await nextTurn();
  }
  if (writeStepRecords(vault, id, join(folder, 'steps.jsonl'))) files.push(join(folder, 'steps.jsonl'));
  const models = detail.loggedModels.map((model) => model.id);
  files.push(...(await writeModels(vault, models, join(folder, 'models'))));
  return files;
}

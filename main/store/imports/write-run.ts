import type { Artifact } from '../../../shared/model/run.ts';
import { newId } from '../../platform/ids.ts';
import { writeArtifacts } from '../artifacts.ts';
import { recordChange } from '../change.ts';
import { writeDocuments } from '../documents.ts';
import { runFolder } from '../log.ts';
import { writeExactPoint } from '../metrics/exact-points.ts';
import { type ReadableDb, transaction, type WritableDb } from '../open.ts';
import { writeParams } from '../params.ts';
import { refuseWhenRegistered } from '../registry/files.ts';
import { runKey } from '../run-key.ts';
import { indexRun } from '../search.ts';
import { statement } from '../statement.ts';
import { ensureStudy } from '../studies.ts';
import { writeTags } from '../tags.ts';
import { addDatasetInputs } from '../tracking/datasets.ts';
import type { Vault } from '../vault.ts';
import { findSource, noteSource } from './find-source.ts';
import type { ImportedRun, ImportSource } from './imported-run.ts';
import { type StagedFiles, stageFiles } from './stage-files.ts';
import { addStepRecords, replaceStepRecords } from './step-records.ts';
import { addToSeries, forgetOtherSeries, writeSeries } from './write-series.ts';

export type WrittenRun = { id: string; added: boolean; points: number };

/**
 * Writes an imported run in one transaction: whole or not at all. A run that was imported before gets what is new; its name,
 * note and study stay as a person may have changed them. Null when it does not follow what is stored: read it from its start. Throws INPUT_INVALID, NAME_INVALID, MODEL_NEEDED, DISK_FULL,
 * BUSY.
 */
export function writeImportedRun(vault: Vault, source: ImportSource, run: ImportedRun): WrittenRun | null {
  const staged = stageFiles(vault, run.files, run.log);
  try {
    return transaction(vault.db, () => write(vault, source, run, staged));
  } finally {
    staged.drop();
  }
}

function write(
  { db, dir, writerId }: Vault,
  source: ImportSource,
  run: ImportedRun,
  staged: StagedFiles,
): WrittenRun | null {
  const known = findSource(db, source.format, source.key);
  const after = typeof run.content === 'object' ? run.content.after : null;
  // Another import may have been faster.
  if (after !== null && known?.progress !== after) return null;
  const id = known?.id ?? freeId(db, run.uid);
  const pk = known === null ? insertRun(db, id, run, source.format) : runKey(db, id);
  writeParams(db, pk, run.params);
  writeTags(db, pk, run.tags);
  writeDocuments(db, pk, run.documents);
  refuseReplacing(db, pk, staged.artifacts);
  writeArtifacts(db, pk, staged.artifacts);
  let points = 0;
  for (const [key, series] of run.series) points += (after === null ? writeSeries : addToSeries)(db, pk, key, series);
  if (run.content === 'whole' && known !== null) forgetOtherSeries(db, pk, [...run.series.keys()]);
  for (const { key, ...point } of run.exact) points += writeExactPoint(db, pk, key, point) ? 1 : 0;
  if (after !== null) addStepRecords(db, pk, run.records);
  else if (known === null || run.content === 'whole' || run.records.length > 0) replaceStepRecords(db, pk, run.records);
  statement(db, 'UPDATE run SET status = ?, reason = ?, started_at = ?, ended_at = ?, writer_id = ? WHERE id = ?').run(
    run.status,
    run.reason,
    run.startedAt,
    run.status === 'running' ? null : run.endedAt,
    run.status === 'running' ? writerId : null,
    pk,
  );
  const study = statement(db, 'SELECT study_id FROM run WHERE id = ?').pluck().get(pk) as number;
  addDatasetInputs(db, pk, study, run.inputs);
  noteSource(db, pk, source, run.progress);
  indexRun(db, pk);
  recordChange(db, 'run', pk);
  recordChange(db, 'series', pk);
  staged.moveTo(runFolder(dir, id));
  return { id, added: known === null, points };
}

function insertRun(db: WritableDb, uid: string, run: ImportedRun, format: string): number {
  const parent = run.parent === null ? null : (findSource(db, format, run.parent)?.pk ?? null);
  return Number(
    statement(
      db,
      `INSERT INTO run (uid, study_id, name, status, parent_id, note, created_at, binned_at, user_name)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      uid,
      ensureStudy(db, run.study),
      run.name.trim() === '' ? `run-${uid.slice(0, 8)}` : run.name.trim(),
      run.status,
      parent,
      run.note,
      run.createdAt,
      run.binned ? Date.now() : null,
      run.user,
    ).lastInsertRowid,
  );
}

/** What a registered version consists of stays as it was registered. Throws MODEL_NEEDED. */
function refuseReplacing(db: ReadableDb, run: number, artifacts: Artifact[]): void {
  const known = statement(db, 'SELECT sha256 FROM artifact WHERE run_id = ? AND path = ?').pluck();
  for (const { path, sha256 } of artifacts) {
    const before = known.get(run, path);
    if (before !== undefined && before !== sha256) refuseWhenRegistered(db, run, path);
  }
}

function freeId(db: WritableDb, wanted: string | null): string {
  if (wanted === null || !/^[0-9a-f]{32}$/.test(wanted)) return newId();
  const taken = statement(db, 'SELECT 1 FROM run WHERE uid = ?').get(wanted) !== undefined;
  return taken ? newId() : wanted;
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { artifactsFolder } from '../../main/store/artifact-files.ts';
import { addStepRecords } from '../../main/store/imports/step-records.ts';
import { appendLog } from '../../main/store/log.ts';
import { writeExactPoint } from '../../main/store/metrics/exact-points.ts';
import { transaction } from '../../main/store/open.ts';
import { createRun, finishRun, noteRun } from '../../main/store/runs.ts';
import { findArtifactOwner } from '../../main/store/tracking/artifact-owner.ts';
import { addDatasetInputs, contextTag } from '../../main/store/tracking/datasets.ts';
import { loggableRun } from '../../main/store/tracking/log.ts';
import {
  addModelPoints,
  createLoggedModel,
  findLoggedModel,
  finishLoggedModel,
} from '../../main/store/tracking/logged-models.ts';
import { placeUpload } from '../../main/store/tracking/owned-files.ts';
import type { Vault } from '../../main/store/vault.ts';
import { newRun, runResult } from '../store/new-run-fixture.ts';

const estimate = { value: 0.812345, low: 0.7, high: 0.9, method: 'DeLong', rows: 100, subjects: 90 };

/** A parent and a child in one study, with everything a copy takes along. Returns their ids, the parent's first. */
export async function fillVault(vault: Vault): Promise<[string, string]> {
  const params = { lr: 0.1, text: '=1+1', deep: 'a\nb' };
  const { id: parent } = createRun(
    vault.db,
    vault.writerId,
    newRun({ study: 'sepsis', name: 'parent', params, tags: { site: 'north' } }),
  );
  const values = [0.1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-300];
  await vault.metrics.append(
    parent,
    values.map((value, step) => ({ key: 'train/loss', step: step - 1, value, time: 1_700_000_000_000 + step })),
  );
  await vault.metrics.append(
    parent,
    Array.from({ length: 2_500 }, (_, step) => ({
      key: 'long',
      step,
      value: Math.sin(step),
      time: 1_700_000_000_000 + step,
    })),
  );
  appendLog(vault, parent, 'epoch 1\n');
  noteRun(vault.db, parent, 'a *note*');
  const files: Record<string, string> = { 'model/weights.bin': 'weights', 'model/a b.txt': 'text', empty: '' };
  for (const [path, content] of Object.entries(files)) {
    const file = join(artifactsFolder(vault.dir, parent), path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
  }
  const artifacts = Object.entries(files).map(([path, content]) => ({
    path,
    bytes: content.length,
    sha256: '0'.repeat(64),
  }));
  const scores = Float64Array.of(0.2, 0.9);
  const truth = Float64Array.of(0, 1);
  const predictions = [
    { part: 'test' as const, rows: 2, classes: 2, row: Int32Array.of(4, 7), truth, scores, subject: null, fold: null },
  ];
  const documents = { evaluation: { classes: ['alive', 'died'] } };
  finishRun(vault.db, parent, {
    status: 'finished',
    reason: null,
    result: runResult({ estimates: { 'test/auc': estimate }, artifacts, predictions, documents }),
  });
  addWhatScriptsLog(vault, parent);
  const { id: child } = createRun(vault.db, vault.writerId, newRun({ study: 'sepsis', name: 'child', parent }));
  finishRun(vault.db, child, { status: 'stopped', reason: 'stopped by a person', result: null });
  return [parent, child];
}

/** A histogram, a text, a model with a file, a dataset that it read, and a point whose step no double holds. */
function addWhatScriptsLog(vault: Vault, run: string): void {
  const { db, dir } = vault;
  transaction(db, () => {
    const { pk } = loggableRun(db, run);
    addStepRecords(db, pk, [
      { kind: 'histogram', key: 'w', step: 1, time: 5, data: { edges: [0, 1, 2], counts: [3, 4] } },
      { kind: 'text', key: 'words', step: 2, time: 6, data: { shape: [], texts: ['ä\nb'] } },
    ]);
    writeExactPoint(db, pk, 'huge', { step: 2n ** 60n + 1n, time: 7n, value: 0.25 });
    const study = db.prepare('SELECT study_id FROM run WHERE id = ?').pluck().get(pk) as number;
    const model = createLoggedModel(db, {
      study,
      run: pk,
      name: 'risk',
      type: null,
      params: [{ key: 'c', value: '1' }],
      tags: [],
    });
    addModelPoints(db, pk, [{ model, key: 'auc', value: 0.75, time: 9, step: 1, datasetName: '', datasetDigest: '' }]);
    finishLoggedModel(db, findLoggedModel(db, model)!.pk, 'ready', null);
    const cohort = { name: 'cohort', digest: 'abc', sourceType: 'local', source: '{}', schema: null, profile: null };
    addDatasetInputs(db, pk, study, [{ dataset: cohort, tags: [{ key: contextTag, value: 'training' }] }]);
    const owner = findArtifactOwner(db, 'model', model)!;
    const file = join(dir, 'upload');
    writeFileSync(file, 'model bytes');
    placeUpload(db, dir, owner, ['data', 'model.pkl'], { file, bytes: 11, sha256: '0'.repeat(64) });
  });
}

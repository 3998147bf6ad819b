import { readArtifact } from '../store/artifact-files.ts';
import { appendAudit } from '../store/audit.ts';
import { binRuns, restoreRuns } from '../store/bin.ts';
import { takeTurn } from '../store/claims.ts';
import { completeRuns } from '../store/complete.ts';
import { countLook, readEvaluation } from '../store/evaluation.ts';
import { appendLog, readLog } from '../store/log.ts';
import { recoverRuns } from '../store/recover.ts';
import { readRecord, recordVerdict, resumeRun } from '../store/resume-run.ts';
import { showRun } from '../store/run-detail.ts';
import { groupRuns } from '../store/run-groups.ts';
import { readRunKeys } from '../store/run-keys.ts';
import { listRuns } from '../store/run-list.ts';
import { readRunSeries } from '../store/run-series.ts';
import { createRun, finishRun, noteRun, renameRun, setProgress, startRun } from '../store/runs.ts';
import { searchRuns } from '../store/search.ts';
import { readSettings, writeSettings } from '../store/settings.ts';
import { createStudy, listStudies, renameStudy, studyNumbered } from '../store/studies.ts';
import { tagRuns } from '../store/tags.ts';
import { deleteView, listViews, saveView } from '../store/views.ts';
import type { OperationTable, StoreCallName } from './operation-table.ts';

/** A call that answers nothing answers null: undefined does not survive every transport. */
const done = (_answer: ReturnType<typeof noteRun>): null => null;

export const storeOperations: Pick<OperationTable, StoreCallName> = {
  'runs.list': ({ db }, input) => listRuns(db, input),
  'runs.groups': ({ db }, input) => groupRuns(db, input),
  'runs.complete': ({ db }, { filter, at }) => completeRuns(db, filter, at),
  'runs.search': ({ db }, { text, limit }) => searchRuns(db, text, limit),
  'runs.keys': ({ db }, { study }) => readRunKeys(db, study),
  'runs.show': (vault, { id }) => showRun(vault, id),
  'runs.series': ({ db }, { ids, keys, maxPoints }) => readRunSeries(db, ids, keys, maxPoints),
  'runs.log': (vault, { id, search, from, limit }) => readLog(vault, id, search, from, limit),
  'runs.evaluation': (vault, { id }) => readEvaluation(vault, id),
  'artifacts.read': (vault, { id, path, from, length }) => readArtifact(vault, id, path, from, length),
  'runs.look': (vault, { id }) => countLook(vault, id),
  'runs.rename': ({ db }, { id, name }) => done(renameRun(db, id, name)),
  'runs.note': ({ db }, { id, note }) => done(noteRun(db, id, note)),
  'runs.tag': async ({ db }, { ids, key, value }) => done(await tagRuns(db, ids, key, value)),
  'runs.bin': async ({ db }, { ids }) => done(await binRuns(db, ids)),
  'runs.restore': async ({ db }, { ids }) => done(await restoreRuns(db, ids)),
  'studies.list': ({ db }) => listStudies(db),
  'studies.numbered': ({ db }, { number }) => studyNumbered(db, number),
  'studies.create': ({ db }, { name }) => createStudy(db, name),
  'studies.rename': ({ db }, { name, to }) => done(renameStudy(db, name, to)),
  'settings.get': ({ db }) => readSettings(db),
  'settings.set': ({ db }, changed) => writeSettings(db, changed),
  'views.list': ({ db }) => listViews(db),
  'views.save': ({ db }, view) => done(saveView(db, view)),
  'views.delete': ({ db }, { name }) => done(deleteView(db, name)),
  'internal.createRun': ({ db, writerId }, input) => createRun(db, writerId, input),
  'internal.startRun': ({ db, writerId }, { id, ...start }) => done(startRun(db, writerId, id, start)),
  'internal.appendPoints': async ({ metrics }, { id, points }) => done(await metrics.append(id, points)),
  'internal.appendLog': (vault, { id, text }) => done(appendLog(vault, id, text)),
  'internal.progress': ({ db }, { id, ...progress }) => done(setProgress(db, id, progress)),
  'internal.finishRun': ({ db }, { id, ...end }) => done(finishRun(db, id, end)),
  'internal.resumeRun': (vault, { id, environment }) => resumeRun(vault, id, environment),
  'internal.runRecord': ({ db }, { id }) => readRecord(db, id),
  'internal.recordVerdict': ({ db }, { id, verdict }) => done(recordVerdict(db, id, verdict)),
  'internal.takeTurn': (vault, { id, claim, reportedMiB }) => takeTurn(vault, id, claim, reportedMiB),
  'internal.recoverRuns': (vault) => recoverRuns(vault),
  'internal.audit': (vault, { action, detail }) => {
    appendAudit(vault, action, detail);
    return null;
  },
};

import type { RunDetail } from '../../shared/model/run.ts';
import { readArtifacts } from './artifacts.ts';
import { newestCheckpoint } from './checkpoint-files.ts';
import { readDocuments } from './documents.ts';
import { snapshot } from './open.ts';
import { resumability } from './resume-run.ts';
import { runKey } from './run-key.ts';
import { readSummaries } from './run-summary.ts';
import { statement } from './statement.ts';
import { readClientInputs, readModelsOfRun } from './tracking/of-run.ts';
import type { ReadableVault } from './vault.ts';

/** The kinds of document that are part of a run's detail, as writers of runs name them. */
export type DetailDocuments = Pick<
  RunDetail,
  'features' | 'split' | 'environment' | 'coefficients' | 'importance' | 'resumes' | 'rerun' | 'command'
> & {
  'evaluation-of': RunDetail['evaluationOf'];
  'code-snapshot': RunDetail['codeSnapshot'];
  'command-environment': RunDetail['commandEnvironment'];
};

/** Everything recorded about a run but its series, predictions and log. Throws RUN_NOT_FOUND. */
export function showRun({ db, dir }: ReadableVault, uid: string): RunDetail {
  return snapshot(db, () => {
    const run = runKey(db, uid);
    const row = statement(db, 'SELECT target, engine_reason FROM run WHERE id = ?').get(run) as {
      target: string | null;
      engine_reason: string | null;
    };
    const series = statement(db, 'SELECT key, count FROM latest WHERE run_id = ? ORDER BY key').all(run) as {
      key: string;
      count: number;
    }[];
    const documents = readDocuments(db, run) as Partial<DetailDocuments>;
    const summary = readSummaries(db, [run])[0]!;
    return {
      ...summary,
      target: row.target,
      features: documents.features ?? [],
      split: documents.split ?? null,
      environment: documents.environment ?? null,
      seriesKeys: series.map(({ key }) => key),
      loggedOnce: series.filter(({ count }) => count === 1).map(({ key }) => key),
      artifacts: readArtifacts(db, run),
      loggedModels: readModelsOfRun(db, run),
      inputs: readClientInputs(db, run),
      coefficients: documents.coefficients ?? null,
      importance: documents.importance ?? null,
      engineReason: row.engine_reason,
      resumable: resumability(db, run),
      checkpoint: summary.status === 'finished' ? null : newestCheckpoint(dir, uid),
      resumes: documents.resumes ?? [],
      evaluationOf: documents['evaluation-of'] ?? null,
      rerun: documents.rerun ?? null,
      command: documents.command ?? null,
      codeSnapshot: documents['code-snapshot'] ?? null,
      commandEnvironment: documents['command-environment'] ?? null,
    };
  });
}

import { randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { exportFamily } from '../../../shared/model/export-dictionary.ts';
import { type ExportableRun, exportableRun } from '../../../shared/model/exportable-run.ts';
import type { Policy } from '../../../shared/model/policy.ts';
import { endStatus } from '../../../shared/model/run.ts';
import type { RunEvidence } from '../evidence.ts';
import { dayOf, minutesOf } from './dates.ts';
import { gateEnvironment, gateHardware, versionText } from './environment.ts';
import { gateEvaluation } from './evaluation.ts';
import type { Notes } from './notes.ts';
import { gateParams } from './params.ts';
import { gateSplit } from './split.ts';

/**
 * X1: one run as it may leave, built field by field. `label` and `dataset` are numbers in this report ("Run 1",
 * "Dataset 1"), never local names. Throws EXPORT_REFUSED for a run that has not ended.
 */
export function gateRun(
  evidence: RunEvidence,
  label: string,
  dataset: string | null,
  policy: Policy,
  notes: Notes,
): ExportableRun {
  const { detail } = evidence;
  const status = endStatus.safeParse(detail.status);
  if (!status.success) {
    throw new AppError(
      'EXPORT_REFUSED',
      `The run "${detail.name}" has not ended yet.`,
      'Wait for it or stop it, then export again.',
    );
  }
  const family = exportFamily.safeParse(detail.recipe).data ?? null;
  const environment = detail.environment;
  const commit = environment?.commit ?? null;
  const start = detail.startedAt;
  notes.released('facts about the run', 5);
  noteRefused(evidence, notes);
  // Parsing the strict schema again stops whatever a later change might add by mistake.
  return exportableRun.parse({
    id: randomUUID(),
    label,
    status: status.data,
    task: detail.task,
    family,
    engine: detail.engine,
    day: start === null ? null : dayOf(start),
    minutes: start === null || detail.endedAt === null ? null : minutesOf(detail.endedAt - start),
    dataset,
    params: gateParams(family, detail.params, notes),
    code: {
      version: environment === null ? null : versionText(environment.appVersion),
      commit: commit !== null && /^[0-9a-f]{40}$/.test(commit) ? commit : null,
    },
    environment: gateEnvironment(environment, notes),
    hardware: gateHardware(environment, notes),
    split: gateSplit(detail.split, personsKnown(evidence), policy, notes),
    evaluation: gateEvaluation(evidence, policy, notes),
  });
}

export const personsKnown = (evidence: RunEvidence): boolean =>
  evidence.dataset !== null && evidence.dataset.subjectMode !== 'none';

/** What every run has and no report takes, said once so that nobody has to wonder. */
function noteRefused({ detail, logged }: RunEvidence, notes: Notes): void {
  notes.refused('F6', 'run names');
  notes.refused('F6', 'notes', detail.note === '' ? 0 : 1);
  notes.refused('F6', 'tags', Object.keys(detail.tags).length);
  notes.refused('X1', 'names of columns', detail.features.length);
  notes.refused('X1', 'coefficients', detail.coefficients?.length ?? 0);
  notes.refused('X1', 'importance of features', detail.importance?.features.length ?? 0);
  notes.refused('X1', 'logs', logged ? 1 : 0);
  notes.refused('X1', 'artifacts (models, weights, files)', detail.artifacts.length);
  notes.refused('S10', 'series of metrics: they carry no counts', detail.seriesKeys.length);
}

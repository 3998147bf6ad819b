import type { Subgroups } from '../../shared/contract/runs.ts';
import { AppError } from '../../shared/errors.ts';
import type { ColumnProfile } from '../../shared/model/dataset.ts';
import type {
  CardGroups,
  CardResult,
  CardText,
  EvaluationElsewhere,
  ModelCard,
  ModelVersion,
  RunEvidence,
} from '../../shared/model/registry.ts';
import type { RunDetail } from '../../shared/model/run.ts';
import { checkApproval, countsAsHeldOut, loggedResults } from '../../shared/registry/check-approval.ts';
import { countAudit } from '../store/audit.ts';
import { findVersion, type StoredVersion } from '../store/datasets.ts';
import { snapshot } from '../store/open.ts';
import { readCardText } from '../store/registry/card-text.ts';
import { readRunEvidence } from '../store/registry/evidence.ts';
import { versionKey } from '../store/registry/keys.ts';
import { readVersion } from '../store/registry/read-versions.ts';
import { showRun } from '../store/run-detail.ts';
import { runsOnSplit } from '../store/split-use.ts';
import type { ReadableVault } from '../store/vault.ts';
import { draftLimits } from './limits.ts';

/** Held-out estimates of a run by the values of a column; another room computes them. */
export type SubgroupsOf = (
  vault: ReadableVault,
  input: { id: string; column: string; bins: number | null },
  onlyAuc: boolean,
) => Subgroups;

/** Held-out estimates in the order a paper names them. */
const order = [
  'auc',
  'average-precision',
  'brier',
  'log-loss',
  'calibration-intercept',
  'calibration-slope',
  'accuracy',
  'sensitivity',
  'specificity',
  'ppv',
  'npv',
  'r2',
  'rmse',
  'mae',
  'spearman',
];
const groupBins = 4;

/**
 * A version's model card, drafted from the record, with what a person has written on it; without `subgroups` its tables by group
 * are empty. Throws REGISTERED_MODEL_NOT_FOUND or
 * MODEL_VERSION_NOT_FOUND.
 */
export function modelCard(
  vault: ReadableVault,
  name: string,
  number: number,
  subgroups: SubgroupsOf | null,
): ModelCard {
  const { version, text, run, evidence, data, looks, judged } = snapshot(vault.db, () => {
    const key = versionKey(vault.db, name, number);
    const version = readVersion(vault.db, key.id);
    const run = version.run === null ? null : showRun(vault, version.run.id);
    return {
      version,
      text: readCardText(vault.db, key.id),
      run,
      evidence: key.run === null ? null : readRunEvidence(vault.db, key.run),
      data: run?.dataset == null ? null : findVersion(vault.db, run.dataset.name, run.dataset.version),
      looks: run === null ? 0 : countAudit(vault, 'run.look', run.id),
      judged: run?.split == null ? 0 : runsOnSplit(vault.db, run.split.hash),
    };
  });
  const results = evidence === null ? [] : resultsOf(evidence, run);
  const groupable = run === null || data === null ? [] : groupableColumns(data, run);
  const columns = text.groups ?? suggestGroups(groupable);
  const own = results.some(({ kind }) => kind !== 'other-data');
  const groups =
    run === null || !own || subgroups === null
      ? []
      : columns.flatMap((column) => groupsBy(vault, run, column, subgroups));
  const logged = evidence === null ? [] : loggedResults(evidence);
  const check = checkApproval(version, evidence);
  return {
    ...factsOf(version, text),
    training: run === null ? null : trainingOf(run),
    data: run === null || data === null ? null : dataOf(run, data),
    results,
    logged,
    looks,
    groups,
    groupable: groupable.map((column) => column.name),
    limits: draftLimits({ check, results, groups, looks, judged, subjects: data?.subjects ?? null }),
  };
}

function factsOf(version: ModelVersion, text: CardText) {
  const { model, stage, description, hash, files, bytes } = version;
  const approval = stage === 'approved' ? (version.moves.findLast(({ to }) => to === 'approved') ?? null) : null;
  return { model, version: version.version, stage, description, approval, hash, files, bytes, text };
}

function trainingOf(run: RunDetail): ModelCard['training'] {
  return {
    run: run.id,
    name: run.name,
    study: run.study,
    recipe: run.recipe,
    task: run.task,
    engine: run.engine,
    device: run.device,
    seed: run.seed,
    at: run.startedAt,
    appVersion: run.environment?.appVersion ?? null,
    commit: run.environment?.commit ?? null,
    dirty: run.environment?.dirty ?? false,
    params: run.params,
    parent: run.parent,
  };
}

const dataOf = (run: RunDetail, data: StoredVersion): ModelCard['data'] => ({
  dataset: { name: data.name, version: data.version, hash: data.hash },
  kind: data.kind,
  rows: data.rows,
  subjects: data.subjects,
  target: run.target,
  features: run.features,
  split: run.split,
});

function resultsOf(evidence: RunEvidence, run: RunDetail | null): CardResult[] {
  const part = Object.keys(evidence.estimates).some((key) => key.startsWith('test/')) ? 'test' : 'oof';
  const own = estimatesOf(evidence.estimates, part);
  const elsewhere = evidence.evaluations.filter(countsAsHeldOut);
  return [
    ...(own.length === 0
      ? []
      : [{ kind: part, run: evidence.id, dataset: run?.dataset ?? null, estimates: own, seen: 0 } as const]),
    ...elsewhere.map((evaluation) => ({
      kind: 'other-data' as const,
      run: evaluation.id,
      dataset: evaluation.dataset,
      estimates: estimatesOf(evaluation.estimates, partOf(evaluation)),
      seen: evaluation.of.subjectsSeenInTraining,
    })),
  ];
}

const partOf = ({ estimates }: EvaluationElsewhere): string =>
  Object.keys(estimates).some((key) => key.startsWith('test/')) ? 'test' : 'oof';

function estimatesOf(all: RunEvidence['estimates'], part: string): CardResult['estimates'] {
  return order.flatMap((key) => {
    const estimate = all[`${part}/${key}`];
    return estimate === undefined ? [] : [{ key, estimate }];
  });
}

/** Columns that many persons share: what tells single persons apart, texts, images and the target make no groups. */
function groupableColumns(data: StoredVersion, run: RunDetail): ColumnProfile[] {
  const apart = new Set(['subject', 'identifier', 'free-text', 'time', 'event', 'split', 'target']);
  return data.columns.filter(
    (column) =>
      column.name !== run.target && column.type !== 'image' && column.type !== 'text' && !apart.has(column.role),
  );
}

/** Sites first, then sex, age and origin by their names: what a reader of a card asks for. */
function suggestGroups(columns: readonly ColumnProfile[]): string[] {
  const sites = columns.filter(({ role }) => role === 'site');
  const persons = columns.filter(({ name }) => /^(sex|gender|age|ethnic\w*|race|origin)(_|\b|$)/i.test(name));
  return [...new Set([...sites, ...persons].map(({ name }) => name))].slice(0, 4);
}

/** The run's main metric by the values of a column; none when it cannot be told apart by it. */
function groupsBy(vault: ReadableVault, run: RunDetail, column: string, subgroups: SubgroupsOf): CardGroups[] {
  try {
    const found = subgroups(vault, { id: run.id, column, bins: groupBins }, true);
    const keys = run.task === 'regression' ? ['mae', 'rmse', 'r2'] : ['auc', 'accuracy'];
    const metric = keys.find((key) => found.groups.some(({ estimates }) => estimates[key] !== undefined)) ?? keys[0]!;
    return [
      {
        column,
        metric,
        groups: found.groups.map(({ label, rows, subjects, tooFew, estimates }) => ({
          label,
          rows,
          subjects,
          tooFew,
          estimate: estimates[metric] ?? null,
        })),
        p: found.heterogeneity?.metric === metric ? found.heterogeneity.p : null,
      },
    ];
  } catch (error) {
    // A column that is gone, or a run without predictions: the card has one table less, and its limits say so.
    if (error instanceof AppError && ['NO_PREDICTIONS', 'COLUMN_NOT_FOUND', 'FEATURES_INVALID'].includes(error.code)) {
      return [];
    }
    throw error;
  }
}

import type { CallInput } from '../../../shared/contract/index.ts';
import type { Subgroup, Subgroups } from '../../../shared/contract/runs.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Estimate } from '../../../shared/model/estimate.ts';
import type { PredictionColumns } from '../../../shared/model/evaluation.ts';
import { defaultPolicy } from '../../../shared/model/policy.ts';
import { estimateAll } from '../../../shared/statistics/estimate-all.ts';
import { estimateAuc } from '../../../shared/statistics/estimate-auc.ts';
import { heterogeneity } from '../../../shared/statistics/heterogeneity.ts';
import type { StoredVersion } from '../../store/datasets.ts';
import { openTable } from '../../store/table/open-table.ts';
import type { ReadableVault } from '../../store/vault.ts';
import { selectRows } from '../held-out.ts';
import { type HeldOut, readHeldOut } from '../read-held-out.ts';
import { groupRows } from './group-rows.ts';
import { remembered } from './remembered.ts';

/** Seed of the draws where the run has none. */
const anySeed = 20_250_101;

/**
 * A run's held-out estimates by the values (or bins of the values) of one column of its dataset version. Groups of fewer
 * persons than the policy's k have counts only. Throws RUN_NOT_FOUND, NO_PREDICTIONS, COLUMN_NOT_FOUND, or FEATURES_INVALID
 * for a column that tells persons apart. `onlyAuc`: of classes nothing but the AUC. A run's held-out predictions stay as they are once it
 * has ended, so that what was computed lately is remembered.
 */
export function subgroups(vault: ReadableVault, input: CallInput<'runs.subgroups'>, onlyAuc = false): Subgroups {
  const heldOut = readHeldOut(vault, input.id);
  refuseIdentifying(heldOut.version, input.column);
  const key = JSON.stringify([vault.dir, input.id, input.column, input.bins, heldOut.threshold, onlyAuc]);
  return remembered(key, () => compute(vault, heldOut, input, onlyAuc));
}

function compute(
  vault: ReadableVault,
  { run, threshold, predictions, version }: HeldOut,
  input: CallInput<'runs.subgroups'>,
  onlyAuc: boolean,
): Subgroups {
  const table = openTable(vault.dir, version);
  const cells = table.column(input.column);
  table.close();
  const { kind, groups: rows } = groupRows(cells, predictions.row, input.bins);
  const seed = run.seed ?? anySeed;
  const groups = rows.map(({ label, at }) =>
    groupOf(label, selectRows(predictions, Uint32Array.from(at)), threshold, seed, onlyAuc),
  );
  const large = rows.filter((_, g) => !groups[g]!.tooFew).map(({ at }) => at);
  const test = large.length < 2 ? null : heterogeneity(predictions, large, seed);
  return {
    column: input.column,
    kind,
    part: predictions.part,
    groups,
    heterogeneity: test === null ? null : { metric: test.metric, p: test.p, method: test.method },
  };
}

function groupOf(
  label: string,
  rows: PredictionColumns,
  threshold: number | null,
  seed: number,
  onlyAuc: boolean,
): Subgroup {
  const subjects = rows.subject === null ? null : new Set(rows.subject).size;
  const tooFew = (subjects ?? rows.rows) < defaultPolicy.k;
  const { truth, scores, classes, subject } = rows;
  return {
    label,
    rows: rows.rows,
    subjects,
    positives: classes === 2 ? truth.filter((value) => value === 1).length : null,
    tooFew,
    estimates: tooFew
      ? {}
      : onlyAuc && classes >= 2
        ? { auc: estimateAuc({ truth, scores, classes, subject, seed }) as Estimate }
        : (estimateAll({ truth, scores, classes, subject, threshold, seed }) as Record<string, Estimate>),
  };
}

function refuseIdentifying(version: StoredVersion, name: string): void {
  const column = version.columns.find((column) => column.name === name);
  if (column === undefined) {
    throw new AppError(
      'COLUMN_NOT_FOUND',
      `The dataset ${version.name} has no column "${name.slice(0, 80)}".`,
      'See `wardbook dataset show`.',
    );
  }
  const identifying = column.role === 'subject' || column.role === 'identifier' || column.role === 'free-text';
  if (!identifying && column.type !== 'image') return;
  throw new AppError(
    'FEATURES_INVALID',
    `The column "${name}" tells single persons apart, so it makes no groups.`,
    'Choose a column that many persons share.',
  );
}

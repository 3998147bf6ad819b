import type { Subgroups } from '../../shared/contract/runs.ts';
import { count, pValue } from '../../shared/format.ts';
import { estimateText } from './estimate-text.ts';
import { textTable } from './text-table.ts';

/** What is shown of each group, as far as the task has it; `--json` has everything. */
const keys = ['auc', 'sensitivity', 'specificity', 'brier', 'rmse', 'mae', 'r2'] as const;

/** The groups as a table for a person, with the test that they are alike. */
export function groupsText({ column, part, groups, heterogeneity }: Subgroups): string {
  const shown = keys.filter((key) => groups.some(({ estimates }) => estimates[key] !== undefined));
  const positives = groups.some((group) => group.positives !== null);
  const table = textTable(
    [column, 'rows', 'subjects', ...(positives ? ['positive'] : []), ...shown],
    groups.map((group) => [
      group.label,
      count(group.rows),
      group.subjects === null ? '–' : count(group.subjects),
      ...(positives ? [count(group.positives ?? 0)] : []),
      ...shown.map((key, at) => (group.tooFew ? (at === 0 ? 'too few' : '–') : estimateText(group.estimates[key]))),
    ]),
  );
  const test =
    heterogeneity === null
      ? 'No test of whether the groups differ could be made.'
      : `The same ${heterogeneity.metric} in all groups: ${pValue(heterogeneity.p)} (${heterogeneity.method}).`;
  return `${table}\n${part === 'oof' ? 'out-of-fold' : part} predictions, intervals 95 %. ${test}`;
}

import { count, plural, pValue } from '../../shared/format.ts';
import type { ApprovalCheck, CardGroups, CardResult } from '../../shared/model/registry.ts';

type Record = {
  check: ApprovalCheck;
  results: readonly CardResult[];
  groups: readonly CardGroups[];
  looks: number;
  /** Finished runs that were judged on the same held-out part, this one among them. */
  judged: number;
  /** Persons in the dataset; null when they are not known. */
  subjects: number | null;
};

/** What the record itself says against relying on a model, as sentences for its card. */
export function draftLimits({ check, results, groups, looks, judged, subjects }: Record): string[] {
  const limits = [...check.blockers, ...check.cautions].map(({ message }) => message);
  const own = results.find(({ kind }) => kind !== 'other-data');
  if (results.length === 0) limits.push('No result with an interval on held-out data is recorded.');
  else if (!results.some(({ kind }) => kind === 'other-data'))
    limits.push(
      'It was not tested on data of another place or time: only on held-out persons of the dataset it learned from.',
    );
  if (own !== undefined && subjects === null)
    limits.push('Intervals take each row for another person, since persons are not known.');
  if (looks > 0)
    limits.push(
      `The held-out results were looked at ${plural(looks, 'time')}; a choice made on them makes them optimistic.`,
    );
  if (judged > 1)
    limits.push(
      `${count(judged)} runs were judged on the same held-out part; the best of several looks better than it is.`,
    );
  for (const { column, groups: all, p, metric } of groups) {
    const few = all.filter(({ tooFew }) => tooFew);
    if (few.length > 0)
      limits.push(
        `By ${column}: ${count(few.length)} of ${plural(all.length, 'group')} has too few persons to be judged.`,
      );
    if (p !== null && p < 0.05) limits.push(`By ${column}: ${metric} differs between the groups (${pValue(p)}).`);
  }
  return limits;
}

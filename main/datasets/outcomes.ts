import type { ColumnRole } from '../../shared/model/dataset.ts';
import { wordsOf } from './column-names.ts';
import type { RawProfile } from './raw-profile.ts';

/** `late`: known only after the moment a prediction is for. */
export type OutcomeKind = 'event' | 'time' | 'target' | 'late';

const eventName =
  /^(?:event|events|status|fstat|dstat|dead|cens|censor|censored|censoring|(?:vital|survival|os|pfs|dfs|rfs)_status|survival|survived|relapsed?|recurrence|.*_event)$|(?:^|_)(?:death|died|deceased|mortality)(?:_|$)/;
const timeName =
  /^(?:lenfol|time|futime|fu_?time|follow_?up(?:_?(?:time|days|months|years))?|surv(?:ival)?_?(?:time|days|months|years)|(?:os|pfs|dfs|rfs|efs)(?:_?(?:time|days|months|years))?|time_to_.*|(?:days|months)_to_.*|tte|event_time)$/;
const targetName = /^(?:target|outcome|label|class|y|endpoint)(?:_.*)?$|^readmi(?:t|ssion).*|.*_(?:outcome|label)$/;
const lateName =
  /^(?:los|length_of_stay|(?:icu|hospital)_?(?:los|days)|(?:icu_)?length_stay|discharge_.*|days_in_(?:icu|hospital))$/;

/**
 * What each column is as an outcome, by its name and its values; null for the others. Lengths of follow-up and stay count only
 * beside an event or target: alone, `time` may be anything.
 */
export function outcomeKinds(columns: { name: string; profile: RawProfile }[]): (OutcomeKind | null)[] {
  const kinds = columns.map(({ name, profile }): OutcomeKind | null => {
    const words = wordsOf(name);
    const few = profile.distinct >= 1 && profile.distinct <= 20 && profile.type !== 'date';
    if (eventName.test(words) && few && profile.distinct <= 4) return 'event';
    if (targetName.test(words) && few) return 'target';
    if (timeName.test(words) && (profile.type === 'number' || profile.type === 'integer')) return 'time';
    return lateName.test(words) ? 'late' : null;
  });
  const any = kinds.some((kind) => kind === 'event' || kind === 'target');
  return any ? kinds : kinds.map(() => null);
}

export const roleOfOutcome: Record<OutcomeKind, ColumnRole> = {
  event: 'event',
  time: 'time',
  target: 'target',
  late: 'ignored',
};

/** What is said beside the column: which outcome it belongs to. */
export function outcomeRemark(
  kind: OutcomeKind,
  name: string,
  all: { name: string; kind: OutcomeKind | null }[],
): string | null {
  const main = all.find((other) => (other.kind === 'event' || other.kind === 'target') && other.name !== name);
  if (main === undefined) return null;
  return kind === 'late' ? `known only later, beside ${main.name}` : `an outcome beside ${main.name}`;
}

import { count } from '../../../shared/format.ts';
import { useCall } from '../../query.ts';
import { combined, type Quick, quickNames, quicks, type View } from './view.ts';

type Props = { view: View; study: string | null; onQuick: (quick: Quick) => void };

/** Tabs over the table, each a ready filter; those that are rarely empty show how many runs they hold. */
export function QuickTabs({ view, study, onQuick }: Props) {
  const probe = { study, sort: null, limit: 1, cursor: null };
  const keep = { placeholderData: <T,>(old: T) => old };
  const failed = useCall('runs.list', { ...probe, filter: combined(view.filter, 'failed'), bin: false }, keep);
  const bin = useCall('runs.list', { ...probe, filter: '', bin: true }, keep);
  const counts: Partial<Record<Quick, number>> = { failed: failed.data?.total, bin: bin.data?.all };
  return (
    <>
      {quicks.map((quick) => (
        <button
          key={quick}
          type="button"
          className="runs-tab"
          aria-pressed={view.quick === quick}
          onClick={() => onQuick(quick)}
        >
          {quickNames[quick]}
          {(counts[quick] ?? 0) > 0 && <span className="t3">{count(counts[quick]!)}</span>}
        </button>
      ))}
    </>
  );
}

import { intervalDecimals } from '../../../shared/format.ts';
import type { Estimate } from '../../../shared/model/estimate.ts';
import { metricName } from '../../ui/metric-name.ts';
import { Estimated } from '../../ui/number.tsx';

/** Estimates of one part with their intervals and how each was made. `unit` says which are in the unit of the target. */
export function EstimatesTable({
  estimates,
  decimals,
}: {
  estimates: readonly [string, Estimate][];
  /** One for all where they share a scale; otherwise each takes the digits of its own interval. */
  decimals?: number;
}) {
  return (
    <table className="plain estimates" aria-label="Estimates">
      <tbody>
        {estimates.map(([key, estimate]) => (
          <tr key={key}>
            <td>{metricName(key).name}</td>
            <td className="right">
              <Estimated of={estimate} decimals={decimals ?? ownDecimals(estimate)} />
            </td>
            <td className="t3 small estimates-method">{estimate.method}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ownDecimals({ low, high }: Estimate): number | undefined {
  return low === null || high === null ? undefined : (intervalDecimals(low, high) ?? undefined);
}

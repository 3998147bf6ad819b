import { Link } from 'wouter';
import { columnDecimals, duration, fixed } from '../../../shared/format.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { roundTicks } from '../../figures/round-ticks.ts';
import { IconButton } from '../../ui/button.tsx';
import { estimateWidth } from '../../ui/estimate-width.ts';
import { heldOut, heldOutPart, metricName } from '../../ui/metric-name.ts';
import { to } from '../../ui/navigation.ts';
import { Estimated, Missing } from '../../ui/number.tsx';
import { Letter } from '../../ui/run-colour.tsx';
import { slotStyle } from '../../ui/slots.ts';
import { Whisker, WhiskerTicks } from '../../ui/whisker.tsx';

type Props = { runs: readonly RunSummary[]; slotOf: (id: string) => number; onRemove: (id: string) => void };

const WIDTH = 156;

/** The runs with their held-out AUC and Brier score, intervals on one scale. */
export function ComparedTable({ runs, slotOf, onRemove }: Props) {
  const part = heldOutPart(runs);
  const aucs = runs.map((run) => heldOut(run.estimates, 'auc')).filter((estimate) => estimate !== undefined);
  const briers = runs.map((run) => heldOut(run.estimates, 'brier')).filter((estimate) => estimate !== undefined);
  const range = commonRange(aucs);
  const ticks = roundTicks(range, 4);
  const decimals = { auc: columnDecimals(aucs), brier: columnDecimals(briers) };
  return (
    <table className="plain compared" aria-label="Compared runs">
      <thead>
        <tr>
          <th className="c-key">
            <span className="visually-hidden">Letter</span>
          </th>
          <th>Run</th>
          <th style={{ width: valueWidth(decimals.auc) }}>
            {metricName('auc').name} {part}
          </th>
          <th className="c-whisker whisker">
            <span className="visually-hidden">Interval, drawn</span>
            {aucs.length > 0 && (
              <WhiskerTicks
                range={range}
                ticks={ticks}
                width={WIDTH}
                write={(tick) => fixed(tick, 2).replace(/0$/, '')}
              />
            )}
          </th>
          <th style={{ width: valueWidth(decimals.brier) }}>
            {metricName('brier').name} {part}
          </th>
          <th className="c-time right">Time</th>
          <th className="c-out">
            <span className="visually-hidden">Take out</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run, index) => {
          const auc = heldOut(run.estimates, 'auc');
          const { colour } = slotStyle(slotOf(run.id));
          return (
            <tr key={run.id} className={colour === null ? undefined : `slot-${colour}`}>
              <td>
                <Letter index={index} slot={slotOf(run.id)} />
              </td>
              <td className="strong">
                <Link href={to.run(run.id)}>{run.name}</Link>
              </td>
              <td>{auc ? <Estimated of={auc} decimals={decimals.auc} /> : <Missing />}</td>
              <td className="whisker">
                {auc?.value != null && (
                  <Whisker value={auc.value} low={auc.low} high={auc.high} range={range} ticks={ticks} width={WIDTH} />
                )}
              </td>
              <td>
                <Estimated of={heldOut(run.estimates, 'brier')} decimals={decimals.brier} />
              </td>
              <td className="right t2">
                {run.startedAt !== null && run.endedAt !== null ? duration(run.endedAt - run.startedAt) : <Missing />}
              </td>
              <td className="right">
                <IconButton
                  icon="cross"
                  label={`Take ${run.name} out of the comparison`}
                  onClick={() => onRemove(run.id)}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** As wide as its numbers at any size of text; the rest is the cell's own air. */
const valueWidth = (decimals: number) => `calc(var(--text-13) * ${estimateWidth(decimals) / 13} + 8px)`;

function commonRange(
  estimates: readonly { value: number | null; low: number | null; high: number | null }[],
): [number, number] {
  const bounds = estimates.flatMap(({ value, low, high }) => [value, low, high]).filter((bound) => bound !== null);
  if (bounds.length === 0) return [0, 1];
  const low = Math.min(...bounds);
  const high = Math.max(...bounds);
  const room = Math.max(0.01, (high - low) * 0.08);
  return [low - room, high + room];
}

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

/** The runs with the two held-out metrics of their task, AUC and Brier score or R² and RMSE; intervals on one scale. */
export function ComparedTable({ runs, slotOf, onRemove }: Props) {
  const part = heldOutPart(runs);
  const [mainKey, otherKey] = runs.every(({ task }) => task === 'regression') ? ['r2', 'rmse'] : ['auc', 'brier'];
  const mains = runs.map((run) => heldOut(run.estimates, mainKey)).filter((estimate) => estimate !== undefined);
  const others = runs.map((run) => heldOut(run.estimates, otherKey)).filter((estimate) => estimate !== undefined);
  const range = commonRange(mains);
  const ticks = roundTicks(range, 4);
  const decimals = { main: columnDecimals(mains), other: columnDecimals(others) };
  return (
    <table className="plain compared" aria-label="Compared runs">
      <thead>
        <tr>
          <th className="c-key">
            <span className="visually-hidden">Letter</span>
          </th>
          <th>Run</th>
          <th style={{ width: valueWidth(decimals.main) }}>
            {metricName(mainKey).name} {part}
          </th>
          <th className="c-whisker whisker">
            <span className="visually-hidden">Interval, drawn</span>
            {mains.length > 0 && (
              <WhiskerTicks
                range={range}
                ticks={ticks}
                width={WIDTH}
                write={(tick) => fixed(tick, 2).replace(/0$/, '')}
              />
            )}
          </th>
          <th style={{ width: valueWidth(decimals.other, others) }}>
            {metricName(otherKey).name} {part}
          </th>
          <th className="c-time right">Time</th>
          <th className="c-out">
            <span className="visually-hidden">Take out</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run, index) => {
          const main = heldOut(run.estimates, mainKey);
          const { colour } = slotStyle(slotOf(run.id));
          return (
            <tr key={run.id} className={colour === null ? undefined : `slot-${colour}`}>
              <td>
                <Letter index={index} slot={slotOf(run.id)} />
              </td>
              <td className="strong">
                <Link href={to.run(run.id)}>{run.name}</Link>
              </td>
              <td>{main ? <Estimated of={main} decimals={decimals.main} /> : <Missing />}</td>
              <td className="whisker">
                {main?.value != null && (
                  <Whisker
                    value={main.value}
                    low={main.low}
                    high={main.high}
                    range={range}
                    ticks={ticks}
                    width={WIDTH}
                  />
                )}
              </td>
              <td>
                <Estimated of={heldOut(run.estimates, otherKey)} decimals={decimals.other} />
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
const valueWidth = (decimals: number, of: readonly { high: number | null }[] = []) => {
  // Each digit before the point beyond the first, in all three numbers.
  const digits = Math.max(1, ...of.map(({ high }) => Math.floor(Math.log10(Math.max(1, high ?? 1))) + 1));
  return `calc(var(--text-13) * ${(estimateWidth(decimals) + (digits - 1) * 22) / 13} + 8px)`;
};

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

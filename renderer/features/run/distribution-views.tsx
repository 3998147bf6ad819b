import { fixed, plain, plural } from '../../../shared/format.ts';
import type { Histogram, PrCurve } from '../../../shared/model/step-record.ts';
import { roundTicks } from '../../figures/round-ticks.ts';

const WIDTH = 720;
const HEIGHT = 280;
/** Room for the ticks and the name of the horizontal axis. */
const FOOT = 40;
const SIDE = 40;
const BASE = HEIGHT - FOOT;

const shown = (value: number): string => plain(Number(value.toPrecision(4)));

/** Bars as wide as their buckets; heights are counts per width, so that areas are counts. */
export function HistogramView({ of: { edges, counts } }: { of: Histogram }) {
  const low = edges[0] ?? 0;
  const width = (edges.at(-1) ?? 0) - low;
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (counts.length === 0 || !Number.isFinite(width)) return <p className="t2">There are no values at this step.</p>;
  const x = (edge: number): number => (width > 0 ? ((edge - low) / width) * WIDTH : WIDTH / 2);
  const bars = counts.map((count, i) => {
    const from = x(edges[i]!);
    const span = Math.max(1, x(edges[i + 1]!) - from);
    return { from, span, density: count / span };
  });
  const most = Math.max(...bars.map((bar) => bar.density), Number.MIN_VALUE);
  return (
    <figure>
      <figcaption>
        {plural(total, 'value')}{' '}
        <span className="t2">{`from ${shown(low)} to ${shown(low + width)}; the area of a bar is its count`}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${plural(total, 'value')} from ${shown(low)} to ${shown(low + width)}`}
      >
        {bars.map(({ from, span, density }, i) => {
          const height = (density / most) * (BASE - 8);
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
              key={i}
              className="step-bar"
              x={from}
              y={BASE - height}
              width={Math.max(0.5, span - 0.5)}
              height={height}
            />
          );
        })}
        <Across ticks={roundTicks([low, low + width], 8)} place={x} from={0} to={WIDTH} name="value" />
      </svg>
    </figure>
  );
}

const SQUARE = BASE;
const unit = [0, 0.25, 0.5, 0.75, 1];

/** Precision over recall, both from 0 to 1, square. */
export function PrCurveView({ of: { precision, recall, thresholds } }: { of: PrCurve }) {
  const x = (value: number): number => SIDE + value * SQUARE;
  const y = (value: number): number => 8 + (1 - value) * (SQUARE - 8);
  const points = precision.map((value, i) => `${x(recall[i]!)},${y(value)}`).join(' ');
  return (
    <figure>
      <figcaption>
        Precision <span className="t2">{`at ${plural(thresholds.length, 'threshold')}`}</span>
      </figcaption>
      <svg
        className="square"
        viewBox={`0 0 ${SIDE + SQUARE + 16} ${HEIGHT}`}
        role="img"
        aria-label={`Precision over recall at ${thresholds.length} thresholds`}
      >
        {unit.map((tick) => (
          <g key={tick}>
            <line className="grid" x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
            <line className="grid" x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(1)} />
            <text className="tick" x={SIDE - 6} y={y(tick) + 4} textAnchor="end">
              {plain(tick)}
            </text>
          </g>
        ))}
        <polyline className="line" points={points} />
        <Across ticks={unit} place={x} from={x(0)} to={x(1)} name="recall" />
      </svg>
    </figure>
  );
}

type AcrossProps = { ticks: number[]; place: (value: number) => number; from: number; to: number; name: string };

/** The horizontal axis: its line, round ticks, and its name at the right end. */
function Across({ ticks, place, from, to, name }: AcrossProps) {
  const decimals = Math.max(...ticks.map(decimalsOf), 0);
  return (
    <g>
      <line className="axis" x1={from} x2={to} y1={BASE} y2={BASE} />
      {ticks.map((tick) => {
        const at = place(tick);
        const anchor = at < from + 12 ? 'start' : at > to - 12 ? 'end' : 'middle';
        return (
          <text key={tick} className="tick" x={at} y={BASE + 16} textAnchor={anchor}>
            {fixed(tick, decimals)}
          </text>
        );
      })}
      <text className="tick name" x={to} y={BASE + 32} textAnchor="end">
        {name}
      </text>
    </g>
  );
}

/** Decimals of a round number as it is written: 2 of 0.25. */
const decimalsOf = (tick: number): number => (String(tick).split('.')[1] ?? '').length;

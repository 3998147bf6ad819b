import { plain } from '../../../shared/format.ts';
import type { Histogram, PrCurve } from '../../../shared/model/step-record.ts';

const WIDTH = 720;
const HEIGHT = 260;
const FOOT = 24;

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
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${plain(total)} values from ${shown(low)} to ${shown(low + width)}`}
      >
        {bars.map(({ from, span, density }, i) => {
          const height = (density / most) * (HEIGHT - FOOT);
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
              key={i}
              className="bar"
              x={from}
              y={HEIGHT - FOOT - height}
              width={Math.max(0.5, span - 0.5)}
              height={height}
            />
          );
        })}
        <line className="axis" x1={0} x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
      </svg>
      <figcaption className="t2">
        {plain(total)} values from {shown(low)} to {shown(low + width)}
      </figcaption>
    </figure>
  );
}

/** Precision over recall, both from 0 to 1. */
export function PrCurveView({ of: { precision, recall, thresholds } }: { of: PrCurve }) {
  const size = HEIGHT - FOOT;
  const points = precision.map((value, i) => `${recall[i]! * size},${(1 - value) * size}`).join(' ');
  return (
    <figure>
      <svg
        viewBox={`-4 -4 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Precision over recall at ${thresholds.length} thresholds`}
      >
        <line className="axis" x1={0} x2={size} y1={size} y2={size} />
        <line className="axis" x1={0} x2={0} y1={0} y2={size} />
        <polyline className="line" points={points} />
      </svg>
      <figcaption className="t2">
        Precision (up, 0 to 1) over recall (right, 0 to 1) at {thresholds.length} thresholds
      </figcaption>
    </figure>
  );
}

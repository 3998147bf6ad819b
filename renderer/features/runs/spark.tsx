import type { RunSummary } from '../../../shared/model/run.ts';
import type { SeriesColumns } from '../../../shared/model/series.ts';
import { slotStyle } from '../../ui/slots.ts';

const WIDTH = 66;
const HEIGHT = 20;

/** How much of the width a line takes: a run that still trains, or was cut short, has not come to the end. */
export function sparkShare(run: Pick<RunSummary, 'status' | 'progress' | 'params'>, lastStep: number): number {
  if (run.status === 'running' && run.progress) return Math.max(0.04, run.progress.done);
  const planned = run.params.epochs;
  if (run.status !== 'finished' && typeof planned === 'number' && planned > lastStep)
    return Math.max(0.04, lastStep / planned);
  return 1;
}

/** The path of a series in a box, its last point, or null without two finite points. */
export function sparkPath(
  series: Pick<SeriesColumns, 'steps' | 'values'>,
  width: number,
  height: number,
): { path: string; x: number; y: number } | null {
  const points: [number, number][] = [];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  series.values.forEach((value, at) => {
    if (!Number.isFinite(value)) return;
    points.push([series.steps[at]!, value]);
    low = Math.min(low, value);
    high = Math.max(high, value);
  });
  if (points.length < 2) return null;
  const [first] = points[0]!;
  const span = points.at(-1)![0] - first || 1;
  const range = high - low || 1;
  const place = ([step, value]: [number, number]) => {
    const x = ((step - first) / span) * width;
    const y = 2 + (1 - (value - low) / range) * (height - 4);
    return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
  };
  const placed = points.map(place);
  return { path: placed.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x},${y}`).join(''), ...placed.at(-1)! };
}

/** A metric's course in one cell; grey, in the run's colour when it is selected, in the accent while it trains. */
export function Spark({ run, series, slot }: { run: RunSummary; series: SeriesColumns; slot: number | null }) {
  const share = sparkShare(run, series.steps.at(-1) ?? 0);
  const drawn = sparkPath(series, (WIDTH - 4) * share, HEIGHT);
  if (!drawn) return null;
  const colour = slot === null ? null : slotStyle(slot).colour;
  const tone = run.status === 'running' ? 'slot-accent' : colour === null ? '' : `slot-${colour}`;
  return (
    <svg
      className={`spark ${tone}`}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
    >
      <path d={drawn.path} />
      <circle cx={drawn.x} cy={drawn.y} r="1.8" />
    </svg>
  );
}

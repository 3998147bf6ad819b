/** A point with its interval on a shared scale, for a table cell. `range` in data units, `width` in pixels. */
type Props = {
  value: number;
  low: number | null;
  high: number | null;
  range: readonly [number, number];
  ticks: readonly number[];
  width: number;
};

const HEIGHT = 32;

export function Whisker({ value, low, high, range, ticks, width }: Props) {
  const x = scale(range, width);
  const middle = HEIGHT / 2;
  return (
    <svg className="whisker-mark" width={width} height={HEIGHT} aria-hidden="true">
      {ticks.map((tick) => (
        <line key={tick} className="grid" x1={x(tick)} x2={x(tick)} y1={0} y2={HEIGHT} />
      ))}
      {low !== null && high !== null && (
        <>
          <line className="whisk" x1={x(low)} x2={x(high)} y1={middle} y2={middle} />
          <line className="whisk" x1={x(low)} x2={x(low)} y1={middle - 3.5} y2={middle + 3.5} />
          <line className="whisk" x1={x(high)} x2={x(high)} y1={middle - 3.5} y2={middle + 3.5} />
        </>
      )}
      <circle className="dot" cx={x(value)} cy={middle} r={4.5} />
    </svg>
  );
}

/** The scale's ticks, for the head of the column. */
export function WhiskerTicks({
  range,
  ticks,
  width,
  write,
}: Pick<Props, 'range' | 'ticks' | 'width'> & { write: (tick: number) => string }) {
  const x = scale(range, width);
  return (
    <svg className="whisker-mark" width={width} height={16} aria-hidden="true">
      {ticks.map((tick) => (
        <text key={tick} x={x(tick)} y={12} textAnchor="middle">
          {write(tick)}
        </text>
      ))}
    </svg>
  );
}

/** A difference with its interval over an axis of its own, zero dashed. */
export function DifferenceMark({
  value,
  low,
  high,
  range,
  ticks,
  width,
  write,
}: Props & { write: (tick: number) => string }) {
  const x = scale(range, width);
  return (
    <svg className="whisker-mark" width={width} height={48} aria-hidden="true">
      <line className="zero" x1={x(0)} x2={x(0)} y1={0} y2={28} />
      <line className="axis" x1={0} x2={width} y1={28.5} y2={28.5} />
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="axis" x1={x(tick)} x2={x(tick)} y1={28} y2={32} />
          <text x={x(tick)} y={44} textAnchor="middle">
            {write(tick)}
          </text>
        </g>
      ))}
      {low !== null && high !== null && (
        <>
          <line className="whisk" x1={x(low)} x2={x(high)} y1={13} y2={13} />
          <line className="whisk" x1={x(low)} x2={x(low)} y1={9.5} y2={16.5} />
          <line className="whisk" x1={x(high)} x2={x(high)} y1={9.5} y2={16.5} />
        </>
      )}
      <circle className="dot" cx={x(value)} cy={13} r={4.5} />
    </svg>
  );
}

const EDGE = 6;

function scale([from, to]: readonly [number, number], width: number): (value: number) => number {
  const span = to - from || 1;
  return (value) => EDGE + (Math.min(to, Math.max(from, value)) - from) * ((width - 2 * EDGE) / span);
}

import './distribution.css';
import { percent, plain } from '../../shared/format.ts';
import type { ColumnProfile, Distribution } from '../../shared/model/dataset.ts';

const WIDTH = 92;
const HEIGHT = 16;
const positive = /^(1|true|yes|y)$/i;

/** The shape of one column, 92 × 16: a histogram, the share of "yes", or the most frequent levels. Nothing for identifiers. */
export function DistributionMark({ of }: { of: Distribution }) {
  if (of.kind === 'none') return null;
  if (of.kind === 'histogram') return <Bars heights={of.counts} />;
  const yes = yesShare(of);
  if (yes === null) return <Bars heights={of.levels.map((level) => level.count)} />;
  return (
    <svg className="dist" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <rect className="rest" width={WIDTH} height={6} y={5} rx={1} />
      <rect width={Math.max(yes > 0 ? 1 : 0, yes * WIDTH)} height={6} y={5} rx={1} />
    </svg>
  );
}

function Bars({ heights }: { heights: readonly number[] }) {
  const top = Math.max(1, ...heights);
  const step = WIDTH / Math.max(1, heights.length);
  return (
    <svg className="dist" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {heights.map((count, index) => {
        const height = count === 0 ? 0 : Math.max(1, (count / top) * (HEIGHT - 1));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          <rect key={index} x={index * step} y={HEIGHT - height} width={Math.max(1, step - 0.85)} height={height} />
        );
      })}
    </svg>
  );
}

/** Share of the level that means yes, when there are two levels at most and one of them does. */
function yesShare(of: Extract<Distribution, { kind: 'levels' }>): number | null {
  if (of.levels.length > 2 || of.other > 0) return null;
  const total = of.levels.reduce((sum, level) => sum + level.count, 0);
  const yes = of.levels.find((level) => positive.test(level.level));
  if (total === 0 || (yes === undefined && !of.levels.every((level) => /^(0|false|no|n)$/i.test(level.level))))
    return null;
  return (yes?.count ?? 0) / total;
}

/** The distribution in one or two words: `72 median`, `40 % yes`, `5 levels`. */
export function distributionWords(column: Pick<ColumnProfile, 'distribution' | 'distinct'>): string {
  const of = column.distribution;
  if (of.kind === 'none') return '';
  if (of.kind === 'histogram') return `${plain(Number(of.median.toPrecision(3)))} median`;
  const yes = yesShare(of);
  return yes === null ? `${column.distinct} levels` : `${percent(yes)} yes`;
}

import './number.css';
import { fixed, type Interval, interval, intervalDecimals, MISSING } from '../../shared/format.ts';

export function Missing() {
  return <span className="none">{MISSING}</span>;
}

/** Fewer persons than the policy's k stand behind it. */
export function TooFew() {
  return <span className="none">too few</span>;
}

/**
 * A value with its interval: **0.84** [0.79–0.90]. `decimals` makes a column agree (columnDecimals); otherwise the digits are
 * this interval's own. Without an interval the value stands alone; without a value it is an en dash.
 */
export function Estimated({
  of,
  decimals,
  signed = false,
}: {
  of: Interval | null | undefined;
  decimals?: number;
  signed?: boolean;
}) {
  if (!of || of.value === null) return <Missing />;
  const { value, low, high } = of;
  const bounded = low !== null && high !== null;
  const digits = decimals ?? (bounded ? intervalDecimals(low, high) : null) ?? 3;
  return (
    <span className="n">
      <b>{fixed(value, digits)}</b>
      {bounded && <i>{interval(low, high, digits, signed)}</i>}
    </span>
  );
}

/** A value of a run that still trains: regular weight, no interval. */
export function SoFar({ value, decimals = 3 }: { value: number; decimals?: number }) {
  return (
    <span className="n sofar">
      {fixed(value, decimals)}
      <i>so far</i>
    </span>
  );
}

/** Replicates: **0.83** ± 0.01, n = 5. */
export function Replicates({
  mean,
  sd,
  n,
  decimals,
}: {
  mean: number;
  sd: number | null;
  n: number;
  decimals: number;
}) {
  return (
    <span className="n">
      <b>{fixed(mean, decimals)}</b>
      <i>{sd === null ? `n = ${n}` : `± ${fixed(sd, decimals)}, n = ${n}`}</i>
    </span>
  );
}

import { count, fixed } from '../../shared/format.ts';
import type { Axis, FigureTheme } from './figure.ts';
import { axis, baseline } from './frame.ts';
import { roundTicks, tickDecimals } from './round-ticks.ts';

/** A tick as the design language writes numbers: thousands parted, the true minus sign. */
export function tickName(tick: number, decimals: number): string {
  return decimals === 0 ? count(tick) : fixed(tick, decimals);
}

/** The smallest and the largest finite value, a little room around them; `[0, 1]` of none. */
export function rangeOf(values: Iterable<number>, room = 0.04): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  const around = low === high ? Math.max(1e-9, Math.abs(low) * 0.1) : (high - low) * room;
  return [low - around, high + around];
}

/** An axis of numbers in the unit of the data, its ticks round and written out. */
export function numberAxis(
  theme: FigureTheme,
  range: [number, number],
  options: { most: number; base?: boolean; grid?: boolean },
): Axis {
  const ticks = roundTicks(range, options.most);
  const decimals = tickDecimals(ticks);
  const own: Axis = { range, tickvals: ticks, ticktext: ticks.map((tick) => tickName(tick, decimals)) };
  if (!options.base) return axis(theme, own);
  return baseline(theme, { ...own, ...(options.grid ? { showgrid: true, gridcolor: theme.grid } : {}) });
}

/** Pixels that the labels of a vertical axis take. */
export function labelRoom(labels: readonly string[], size: number): number {
  const longest = labels.reduce((most, label) => Math.max(most, label.length), 0);
  return Math.max(34, Math.ceil(longest * size * 0.58) + 10);
}

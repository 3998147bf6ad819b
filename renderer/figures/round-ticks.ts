/** Round ticks inside a range: steps of 1, 2 or 5 times a power of ten, at most `most` of them. */
export function roundTicks([from, to]: readonly [number, number], most: number): number[] {
  const span = to - from;
  if (!(span > 0)) return [from];
  const power = 10 ** Math.floor(Math.log10(span / most));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => span / size <= most) ?? 10 * power;
  const ticks: number[] = [];
  for (let tick = Math.ceil(from / step - 1e-9); tick * step <= to + step * 1e-9; tick += 1)
    ticks.push(Number((tick * step).toPrecision(12)));
  return ticks;
}

/** Decimals that tell these ticks apart: those of their step. */
export function tickDecimals(ticks: readonly number[]): number {
  if (ticks.length < 2) return ticks.every(Number.isInteger) ? 0 : 2;
  const step = Math.abs(ticks[1]! - ticks[0]!);
  return Math.max(0, Math.min(6, Math.ceil(-Math.log10(step) - 1e-9)));
}

import type { DurationUnit } from './ast.ts';

/** Seconds in a unit; `m` is minutes. */
export const unitSeconds: Record<DurationUnit, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

export const isDurationUnit = (text: string): text is DurationUnit => Object.hasOwn(unitSeconds, text);

/** A duration in seconds. */
export const durationSeconds = (literal: { amount: number; unit: DurationUnit }): number =>
  literal.amount * unitSeconds[literal.unit];

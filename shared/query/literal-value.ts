import type { Literal } from './ast.ts';
import { dateSpan, type TimeSpan } from './dates.ts';
import { durationSeconds } from './units.ts';

/**
 * The milliseconds that a `date` or `ago` literal covers; null for another literal. `now` in milliseconds since 1970.
 * Compare a time with the span: `<` before it, `<=` not after it, `=` inside it, `>=` not before it, `>` after it.
 */
export function literalSpan(literal: Literal, now: number): TimeSpan | null {
  if (literal.kind === 'date') return dateSpan(literal.text);
  if (literal.kind !== 'ago') return null;
  const at = Math.round(now - durationSeconds(literal) * 1000);
  return { from: at, to: at + 1 };
}

/** The number that a `number` literal is, or the seconds of a `duration`; null for another literal. */
export function literalNumber(literal: Literal): number | null {
  if (literal.kind === 'number') return literal.value;
  return literal.kind === 'duration' ? durationSeconds(literal) : null;
}

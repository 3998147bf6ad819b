import type { Aggregate } from './ast.ts';
import { aggregates } from './fields.ts';

/** `min` for `loss.min`; null for a key without such an ending. */
export function suffixOf(key: string): Aggregate | null {
  return aggregates.find((one) => key.endsWith(`.${one}`) && key.length > one.length + 1) ?? null;
}

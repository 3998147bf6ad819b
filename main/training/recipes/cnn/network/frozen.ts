import type { Layout, Part } from './part.ts';

/** Where the parts of the blocks from `block` on begin in a flat vector; its end when there are none. */
export function startOf(parts: Part[], block: number): number {
  const first = parts.find((part) => part.block >= block);
  if (first !== undefined) return first.offset;
  const last = parts.at(-1);
  return last === undefined ? 0 : last.offset + last.size;
}

/** How many parameters learn when the blocks before `firstTrained` are frozen. */
export function trainableCount(layout: Layout, firstTrained: number): number {
  return layout.parameterCount - startOf(layout.parameters, firstTrained);
}

/** The lowest `wanted` slots that are not taken. */
export function lowestFreeSlots(taken: Iterable<number>, wanted: number): number[] {
  const used = new Set(taken);
  const free: number[] = [];
  for (let slot = 0; free.length < wanted; slot += 1) if (!used.has(slot)) free.push(slot);
  return free;
}

/** How a slot is drawn: eight colours, then the same dashed, then grey. */
export function slotStyle(slot: number): { colour: number | null; dashed: boolean } {
  if (slot >= 16) return { colour: null, dashed: false };
  return { colour: slot % 8, dashed: slot >= 8 };
}

import { useSyncExternalStore } from 'react';

/**
 * Which runs are selected and the series slot each one keeps on every screen, from the swatch in the table to the last chart.
 * A run takes the lowest free slot when it is selected (or shown on Compare) and gives it back when it is not.
 */
export type Selection = ReadonlyMap<string, number>;

let selection: Selection = new Map();
const listeners = new Set<() => void>();

export function lowestFreeSlots(taken: Iterable<number>, wanted: number): number[] {
  const used = new Set(taken);
  const free: number[] = [];
  for (let slot = 0; free.length < wanted; slot += 1) if (!used.has(slot)) free.push(slot);
  return free;
}

/** Selects exactly these runs; those selected before keep their slot. */
export function select(ids: readonly string[]): void {
  const kept = new Map<string, number>();
  for (const id of ids) {
    const slot = selection.get(id);
    if (slot !== undefined) kept.set(id, slot);
  }
  const fresh = ids.filter((id) => !kept.has(id));
  const slots = lowestFreeSlots(kept.values(), fresh.length);
  const next = new Map<string, number>();
  let used = 0;
  for (const id of ids) next.set(id, kept.get(id) ?? slots[used++]!);
  if (next.size === selection.size && [...next].every(([id, slot]) => selection.get(id) === slot)) return;
  selection = next;
  for (const listener of listeners) listener();
}

export function selected(): Selection {
  return selection;
}

export function useSelection(): Selection {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, selected);
}

/** How a slot is drawn: eight colours, then the same dashed, then grey. */
export function slotStyle(slot: number): { colour: number | null; dashed: boolean } {
  if (slot >= 16) return { colour: null, dashed: false };
  return { colour: slot % 8, dashed: slot >= 8 };
}

function slotClass(slot: number): string {
  const { colour, dashed } = slotStyle(slot);
  return [colour === null ? '' : `slot-${colour}`, dashed ? 'dashed' : ''].join(' ');
}

export function Swatch({ slot }: { slot: number }) {
  return <span className={`sw ${slotClass(slot)}`} aria-hidden="true" />;
}

/** A run's letter on Compare: A, B, … Z, AA. */
export function Letter({ index, slot }: { index: number; slot: number }) {
  return <span className={`letter ${slotClass(slot)}`}>{letter(index)}</span>;
}

export function letter(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : letter(Math.floor(index / 26) - 1) + letter(index % 26);
}

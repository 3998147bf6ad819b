import './run-colour.css';
import { useSyncExternalStore } from 'react';
import { runLetter } from '../../shared/model/run-letter.ts';
import { lowestFreeSlots, slotStyle } from './slots.ts';

/**
 * Which runs are selected and the series slot each one keeps on every screen, from the swatch in the table to the last chart.
 * A run takes the lowest free slot when it is selected (or shown on Compare) and gives it back when it is not.
 */
export type Selection = ReadonlyMap<string, number>;

let selection: Selection = new Map();
const listeners = new Set<() => void>();

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

function slotClass(slot: number): string {
  const { colour, dashed } = slotStyle(slot);
  return [colour === null ? '' : `slot-${colour}`, dashed ? 'dashed' : ''].join(' ');
}

export function Swatch({ slot }: { slot: number }) {
  return <span className={`sw ${slotClass(slot)}`} aria-hidden="true" />;
}

/** A run's letter on Compare: A, B, … Z, AA. */
export function Letter({ index, slot }: { index: number; slot: number }) {
  return <span className={`letter ${slotClass(slot)}`}>{runLetter(index)}</span>;
}

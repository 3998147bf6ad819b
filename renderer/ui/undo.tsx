import './undo.css';
import { useEffect, useSyncExternalStore } from 'react';
import { Button } from './button.tsx';

type Undo = { text: string; undo: () => void | Promise<void>; at: number };

const SHOWN_MS = 10_000;
let current: Undo | null = null;
const listeners = new Set<() => void>();

function set(next: Undo | null) {
  current = next;
  for (const listener of listeners) listener();
}

/** Says what was done and offers to take it back for 10 s, in the foot of the screen. The newest replaces the one before. */
export function offerUndo(text: string, undo: () => void | Promise<void>): void {
  set({ text, undo, at: Date.now() });
}

/** The line in the foot; nothing while there is nothing to take back. */
export function UndoLine() {
  const offer = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
  useEffect(() => {
    if (!offer) return;
    const timer = setTimeout(() => current === offer && set(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [offer]);
  if (!offer) return null;
  return (
    <div className="undo" role="status">
      <span>{offer.text}</span>
      <Button
        variant="quiet"
        onClick={() => {
          set(null);
          void offer.undo();
        }}
      >
        Undo
      </Button>
    </div>
  );
}

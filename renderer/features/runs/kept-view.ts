import { useSyncExternalStore } from 'react';
import { defaultView, type View } from './view.ts';

/** The view as it was left: a look at one run and back changes nothing. It lasts as long as the window. */
let current = defaultView;
const listeners = new Set<() => void>();

export function keptView(change: Partial<View>): void {
  current = { ...current, ...change };
  for (const listener of listeners) listener();
}

export function useKeptView(): View {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

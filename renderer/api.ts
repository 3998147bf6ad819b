import type { EventName, Events } from '../shared/contract/events.ts';
import type { CallGiven, CallName, CallOutput } from '../shared/contract/index.ts';
import { fromFailure, type Result } from '../shared/errors.ts';

/** What the preload script puts on the window: two functions and nothing else. */
export type Bridge = {
  call(name: string, input: unknown): Promise<Result<unknown>>;
  on(event: string, handler: (payload: never) => void): () => void;
};

declare global {
  interface Window {
    readonly api: Bridge;
  }
}

/** The page's only way to main. A failed call throws the AppError that main reported. */
export const api = {
  async call<K extends CallName>(name: K, input: CallGiven<K>): Promise<CallOutput<K>> {
    const result = await window.api.call(name, input);
    if (!result.ok) throw fromFailure(result.error);
    return result.value as CallOutput<K>;
  },
  /** Subscribes to an event; returns the function that ends the subscription. */
  on<E extends EventName>(event: E, handler: (payload: Events[E]) => void): () => void {
    return window.api.on(event, handler);
  },
};

import type { Result } from '../../shared/errors.ts';
import type { Changes } from '../store/change.ts';

/** What a worker is started with. */
export type WorkerStart = { dir: string; purpose: string };

export type ToWorker = { kind: 'call'; id: number; name: string; input: unknown } | { kind: 'close' };

export type FromWorker =
  /** Once: the vault is open, or cannot be opened. */
  | { kind: 'opened'; result: Result<null> }
  | { kind: 'reply'; id: number; result: Result<unknown> }
  /** The vault changed, by this process or another one. */
  | { kind: 'changed'; changes: Changes }
  /** An error that no person is told of; its text stays in the local log. */
  | { kind: 'unexpected'; what: string; text: string }
  | { kind: 'closed' };

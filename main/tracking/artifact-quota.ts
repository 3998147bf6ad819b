import { readSettings } from '../store/settings.ts';
import { clientFileBytes } from '../store/tracking/owned-files.ts';
import type { Vault } from '../store/vault.ts';
import { Refusal } from './refusal.ts';

/** What clients may still upload. One upload holds what it has taken until it is placed or given up. */
export type Allowance = { take(bytes: number): void; release(): void };

const rereadMs = 2_000;

type Use = { limit: number; stored: number; readAt: number; underWay: number };

const uses = new WeakMap<Vault, Use>();

/**
 * What one more upload of `expected` bytes (0: unknown) is allowed under the setting `artifactQuotaGiB`, which counts over all runs
 * and models. The sum is read now and then, and what is under way is added to it, so several uploads at once cannot pass it
 * together. Throws Refusal when it is too much from the start.
 */
export function allowanceFor(vault: Vault, expected: number): Allowance {
  const use = currentUse(vault);
  let taken = 0;
  const check = (bytes: number): void => {
    if (use.stored + use.underWay + bytes > use.limit) throw overQuota(use.limit);
  };
  check(expected);
  return {
    take(bytes) {
      check(bytes);
      taken += bytes;
      use.underWay += bytes;
    },
    release() {
      use.underWay -= taken;
      // What was placed counts until the sum is read again; what was given up is counted a moment too long.
      use.stored += taken;
      taken = 0;
    },
  };
}

function currentUse(vault: Vault): Use {
  const use = uses.get(vault) ?? { limit: 0, stored: 0, readAt: Number.NEGATIVE_INFINITY, underWay: 0 };
  if (Date.now() - use.readAt > rereadMs) {
    use.limit = readSettings(vault.db).artifactQuotaGiB * 2 ** 30;
    use.stored = clientFileBytes(vault.db);
    use.readAt = Date.now();
  }
  uses.set(vault, use);
  return use;
}

function overQuota(limit: number): Refusal {
  const gib = (limit / 2 ** 30).toLocaleString('en');
  return new Refusal(
    'too-large',
    413,
    `This file would take the artifacts of all runs over ${gib} GiB. Delete some, or raise the limit in Settings.`,
  );
}

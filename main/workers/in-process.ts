import { setDurability } from '../store/open.ts';
import { readSettings } from '../store/settings.ts';
import type { Vault } from '../store/vault.ts';
import type { VaultClient } from './client.ts';
import { perform } from './operations.ts';

/** The store in this very process: for the command line and for tests. `close` commits what waits and closes the vault. */
export function inProcessClient(vault: Vault): VaultClient {
  setDurability(vault.db, readSettings(vault.db).durability);
  return {
    call: (name, input) => perform(vault, name, input),
    async close() {
      vault.close();
    },
  };
}

import { workerData } from 'node:worker_threads';
import { settleOrphans } from '../commands/settle-orphans.ts';
import { watchChanges } from '../store/change.ts';
import { setDurability } from '../store/open.ts';
import { openVault } from '../store/open-vault.ts';
import { recoverRuns } from '../store/recover.ts';
import { readSettings } from '../store/settings.ts';
import type { WorkerStart } from './messages.ts';
import { serveCalls, tell } from './serve-calls.ts';

/** Fast enough that a page sees a change within 100 ms of its commit. */
const watchMs = 40;
/** A run whose process died says so within seconds. */
const recoverMs = 3_000;

const { dir, purpose } = workerData as WorkerStart;

// The one writer of the app.
serveCalls(() => {
  const vault = openVault(dir, { purpose });
  setDurability(vault.db, readSettings(vault.db).durability);
  const stopWatching = watchChanges(vault.db, (changes) => tell({ kind: 'changed', changes }), watchMs);
  const recover = (): void => {
    recoverRuns(vault);
    settleOrphans(vault);
  };
  recover();
  const recovery = setInterval(recover, recoverMs);
  return {
    ...vault,
    close() {
      stopWatching();
      clearInterval(recovery);
      vault.close();
    },
  };
});

import { AppError } from '../../../shared/errors.ts';
import { removeCheckpoints } from '../../store/checkpoint-files.ts';
import type { VaultClient } from '../../workers/client.ts';
import type { TrainerEnd } from '../run-trainer.ts';

const RETRY_MS = 2_000;

/**
 * Tries until the store takes it: after a full disk the end of a run is still recorded once there is room. `giveUp` says that
 * the process is about to end. Checkpoints go once the result is stored.
 */
export async function recordEnd(
  client: VaultClient,
  vaultDir: string,
  id: string,
  end: TrainerEnd,
  giveUp: () => boolean,
): Promise<void> {
  for (;;) {
    const { status, reason, code, result } = end;
    const error = await client.call('internal.finishRun', { id, status, reason, code, result }).then(
      () => null,
      (problem: unknown) => problem,
    );
    if (error === null && status === 'finished') removeCheckpoints(vaultDir, id);
    if (error === null || giveUp()) return;
    if (!(error instanceof AppError && ['DISK_FULL', 'BUSY', 'VAULT_READ_ONLY'].includes(error.code))) {
      if (result === null) return;
      const unstored: TrainerEnd = {
        status: 'failed',
        reason: 'The result of the run could not be stored.',
        code: 'INTERNAL',
        result: null,
      };
      return recordEnd(client, vaultDir, id, unstored, giveUp);
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

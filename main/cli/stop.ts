import { AppError } from '../../shared/errors.ts';
import type { RegisterCommand } from './command.ts';

const WAIT_MS = 15_000;
const POLL_MS = 200;

export const stopCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('stop <run>')
    .description('stop a run, whichever window or command trains it; it is kept');
  command.action((named: string) =>
    run(command, async (context) => {
      await context.withVault(async (client, vault) => {
        const { findRun } = await import('../store/run-key.ts');
        const { requestStop } = await import('../store/stop-request.ts');
        // A run whose process is gone is not running any more.
        await client.call('internal.recoverRuns', {});
        const id = findRun(vault.db, named);
        const before = await client.call('runs.show', { id });
        if (before.status !== 'running' && before.status !== 'queued') {
          throw new AppError('RUN_NOT_RUNNING', `The run ${id} is ${before.status}; there is nothing to stop.`);
        }
        requestStop(context.vaultDir, id);
        for (let waited = 0; waited < WAIT_MS; waited += POLL_MS) {
          await new Promise((resolve) => setTimeout(resolve, POLL_MS));
          const { status, reason } = await client.call('runs.show', { id });
          if (status === 'running' || status === 'queued') continue;
          context.print({ id, status, reason }, () => `${status} run ${id}`);
          return;
        }
        throw new AppError(
          'BUSY',
          `The run ${id} did not stop within ${WAIT_MS / 1000} seconds; try again, or close the app that trains it.`,
        );
      });
    }),
  );
};

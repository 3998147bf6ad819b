import type { RegisterCommand } from './command.ts';

/** `restore RUN…`: out of the bin again. */
export const restoreCommand: RegisterCommand = (program, run) => {
  const command = program.command('restore <runs...>').description('take runs out of the bin');
  command.action((named: string[]) =>
    run(command, async (context) => {
      await context.withVault(async (client, vault) => {
        const { findRun } = await import('../store/run-key.ts');
        const ids = named.map((one) => findRun(vault.db, one));
        await client.call('runs.restore', { ids });
        context.print({ ids }, () => `took ${ids.length} out of the bin`);
      });
    }),
  );
};

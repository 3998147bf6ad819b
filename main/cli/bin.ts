import type { RegisterCommand } from './command.ts';

/** `bin RUN…`: out of every list but the bin's; nothing is erased. */
export const binCommand: RegisterCommand = (program, run) => {
  const command = program.command('bin <runs...>').description('move runs to the bin; restore brings them back');
  command.action((named: string[]) =>
    run(command, async (context) => {
      await context.withVault(async (client, vault) => {
        const { findRun } = await import('../store/run-key.ts');
        const ids = named.map((one) => findRun(vault.db, one));
        await client.call('runs.bin', { ids });
        context.print(
          { ids },
          () => `moved ${ids.length} to the bin; bring back with: wardbook restore ${ids.join(' ')}`,
        );
      });
    }),
  );
};

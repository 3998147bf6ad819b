import type { RegisterCommand } from './command.ts';

/** `note RUN TEXT`: replaces the run's note; an empty text takes it away. */
export const noteCommand: RegisterCommand = (program, run) => {
  const command = program.command('note <run> <text>').description('write the note of a run; "" takes it away');
  command.action((named: string, note: string) =>
    run(command, async (context) => {
      await context.withVault(async (client, vault) => {
        const { findRun } = await import('../store/run-key.ts');
        const { checkInput } = await import('./check-input.ts');
        const id = findRun(vault.db, named);
        await client.call('runs.note', checkInput('runs.note', { id, note }));
        context.print({ id, note }, () => `wrote the note of run ${id}`);
      });
    }),
  );
};

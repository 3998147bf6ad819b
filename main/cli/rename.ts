import type { RegisterCommand } from './command.ts';

/** `rename RUN NAME`. */
export const renameCommand: RegisterCommand = (program, run) => {
  const command = program.command('rename <run> <name>').description('give a run another name');
  command.action((named: string, name: string) =>
    run(command, async (context) => {
      await context.withVault(async (client, vault) => {
        const { findRun } = await import('../store/run-key.ts');
        const { checkInput } = await import('./check-input.ts');
        const id = findRun(vault.db, named);
        await client.call('runs.rename', checkInput('runs.rename', { id, name }));
        context.print({ id, name: name.trim() }, () => `run ${id} is called ${name.trim()}`);
      });
    }),
  );
};

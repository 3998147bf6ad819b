import type { RegisterCommand } from './command.ts';
import { followAndPrint } from './follow-run.ts';

/** `resume RUN`: goes on from the last checkpoint. */
export const resumeCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('resume <run>')
    .description('go on with a run that was interrupted, from its last checkpoint');
  command.action((named: string) =>
    run(command, async (context) => {
      await context.withVault(async (client, vault) => {
        const { findRun } = await import('../store/run-key.ts');
        const id = findRun(vault.db, named);
        await followAndPrint(context, client, (supervisor) => supervisor.resume(id));
      });
    }),
  );
};

import { InvalidArgumentError } from 'commander';
import type { Subgroups } from '../../shared/contract/runs.ts';
import type { RegisterCommand } from './command.ts';

/** `groups RUN --by COLUMN`: held-out estimates by the values of a column, or by bins of them. */
export const groupsCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('groups <run>')
    .description('held-out estimates by the values of a column')
    .requiredOption('--by <column>', 'a column of the run’s dataset')
    .option('--bins <n>', 'cut a number or a date into so many bins, 2 to 10', binCount);
  command.action((named: string, options: { by: string; bins?: number }) =>
    run(command, async (context) => {
      await context.withVault(async (client, vault) => {
        const { findRun } = await import('../store/run-key.ts');
        const { checkInput } = await import('./check-input.ts');
        const { groupsText } = await import('./groups-text.ts');
        const id = findRun(vault.db, named);
        const input = checkInput('runs.subgroups', { id, column: options.by, bins: options.bins ?? null });
        const found: Subgroups = await client.call('runs.subgroups', input);
        context.print(found, () => groupsText(found));
      });
    }),
  );
};

function binCount(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 2 && number <= 10) return number;
  throw new InvalidArgumentError('A whole number from 2 to 10 is wanted.');
}

import type { RegisterCommand } from './command.ts';

/** `compare`: what differs between runs, and which differences are real. */
export const compareCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('compare <runs...>')
    .description('what differs between runs, and which differences are real')
    .option('--metric <key>', 'test the difference in this metric (default: auc and brier, of numbers rmse and mae)');
  command.action((named: string[], options: { metric?: string }) =>
    run(command, async (context) => {
      await context.withVault(async (client, vault) => {
        const { findRun } = await import('../store/run-key.ts');
        const { checkInput } = await import('./check-input.ts');
        const { compareJson, compareText } = await import('./compare-text.ts');
        const ids = named.map((name) => findRun(vault.db, name));
        const ask = (metric: string | null) => client.call('runs.compare', checkInput('runs.compare', { ids, metric }));
        const first = await ask(options.metric ?? null);
        const second = first.metrics[1] ?? 'brier';
        const comparisons = options.metric === undefined ? [first, await ask(second)] : [first];
        context.print(compareJson(comparisons), () => compareText(comparisons));
      });
    }),
  );
};

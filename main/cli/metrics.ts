import { InvalidArgumentError } from 'commander';
import type { RegisterCommand } from './command.ts';

/** `metrics RUN KEY`: one series, whole or reduced to at most N points. */
export const metricsCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('metrics <run> <key>')
    .description('one metric series, such as train/loss')
    .option('--points <n>', 'reduce it to at most so many points, keeping its extremes', points);
  command.action((named: string, key: string, options: { points?: number }) =>
    run(command, async (context) => {
      await context.withVault(async (_, vault) => {
        const { findRun } = await import('../store/run-key.ts');
        const { readSeries } = await import('../store/metrics/read.ts');
        const { isoTime, jsonNumber } = await import('./json-run.ts');
        const { textTable } = await import('./text-table.ts');
        const most = options.points ?? Number.POSITIVE_INFINITY;
        const series = readSeries(vault.db, findRun(vault.db, named), key, most);
        const steps = Array.from(series.steps);
        const values = Array.from(series.values, jsonNumber);
        const times = Array.from(series.times, isoTime);
        const { count, downsampled } = series;
        context.print({ key, count, steps, values, times, downsampled }, () =>
          [
            textTable(
              ['step', 'value', 'time'],
              steps.map((step, i) => [String(step), String(values[i]), times[i]!]),
            ),
            downsampled ? `${steps.length} of ${count} points: the extremes of each range of steps` : `${count} points`,
          ].join('\n'),
        );
      });
    }),
  );
};

function points(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 2) return number;
  throw new InvalidArgumentError('A whole number from 2 on is wanted.');
}

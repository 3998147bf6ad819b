import { InvalidArgumentError } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { RegisterCommand } from './command.ts';

type Options = {
  study?: string;
  filter?: string;
  sort?: { key: string; descending: boolean };
  limit: number;
  cursor?: string;
  columns: string[];
  bin?: boolean;
};

const usualColumns = ['id', 'name', 'study', 'status', 'started', 'recipe', 'metrics.auc'];

/** `runs`: one page of the runs table. */
export const runsCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('runs')
    .description('list runs, newest first')
    .option('--study <name>', 'of one study')
    .option('--filter <expression>', 'those that satisfy it, such as metrics.auc > 0.8 and tags.site = "A"')
    .option('--sort <key>', 'by a field; KEY:desc for the largest first', sortKey)
    .option('--limit <n>', 'at most so many', limit, 100)
    .option('--cursor <cursor>', 'go on after the page that named it as next')
    .option(
      '--columns <fields>',
      'fields to print, with commas (not with --json)',
      (text) => text.split(','),
      usualColumns,
    )
    .option('--bin', 'those in the bin');
  command.action((options: Options) =>
    run(command, async (context) => {
      const columns = await fieldReaders(options.columns);
      await context.withVault(async (client) => {
        const { jsonRun } = await import('./json-run.ts');
        const { textTable } = await import('./text-table.ts');
        const { total, all, runs, next } = await client.call('runs.list', {
          study: options.study ?? null,
          filter: options.filter ?? '',
          sort: options.sort ?? null,
          limit: options.limit,
          cursor: options.cursor ?? null,
          bin: options.bin === true,
        });
        context.print({ total, all, runs: runs.map(jsonRun), next }, () =>
          [
            textTable(
              options.columns,
              runs.map((one) => columns.map((read) => read(one))),
            ),
            `${runs.length} of ${total} runs${total === all ? '' : ` that match, ${all} in all`}${next === null ? '' : `; go on with --cursor ${next}`}`,
          ].join('\n'),
        );
      });
    }),
  );
};

/** What each column prints of a run. Throws FILTER_INVALID for a column that is no field, INPUT_INVALID for min and max. */
async function fieldReaders(names: string[]): Promise<((run: RunSummary) => string)[]> {
  const { parseField } = await import('../../shared/query/parse-field.ts');
  const { fieldValue } = await import('../../shared/query/field-value.ts');
  return names.map((name) => {
    const field = parseField(name);
    if (field.name === 'metrics' && field.aggregate !== null && field.aggregate !== 'last') {
      throw new AppError(
        'INPUT_INVALID',
        `A column shows a latest value, and ${name} is none.`,
        'See all of a series: wardbook metrics',
      );
    }
    return (run) => {
      const value = fieldValue(field, { ...run, extremes: {} });
      if (value === null) return '–';
      if (field.name === 'id') return String(value).slice(0, 8);
      if (field.name === 'started') return new Date(Number(value)).toISOString().slice(0, 16).replace('T', ' ');
      return typeof value === 'number' ? String(Number(value.toPrecision(6))) : value;
    };
  });
}

function sortKey(text: string): { key: string; descending: boolean } {
  const match = /^(.+?)(?::(asc|desc))?$/s.exec(text);
  if (match === null) throw new InvalidArgumentError('Write KEY or KEY:desc.');
  return { key: match[1]!, descending: match[2] === 'desc' };
}

function limit(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 10_000) return number;
  throw new InvalidArgumentError('A whole number from 1 to 10000 is wanted.');
}

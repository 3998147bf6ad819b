import { InvalidArgumentError } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { PredictionColumns } from '../../shared/model/evaluation.ts';
import type { RegisterCommand } from './command.ts';

type Row = {
  subject: string | null;
  fold: number | null;
  split: string;
  /** The class, or the value for a number. */
  truth: string | number;
  score: number | number[];
  row: number;
};

export const predictionsCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('predictions <run>')
    .description('held-out predictions; for use on this machine only')
    .option('--csv', 'print them as CSV')
    .option('--worst <n>', 'only the so many that were most wrong, with the features; 1 to 200', worstCount);
  command.action((named: string, options: { csv?: boolean; worst?: number }) =>
    run(command, async (context) => {
      await context.withVault(async (client, vault) => {
        const { findRun } = await import('../store/run-key.ts');
        const { openTable } = await import('../store/table/open-table.ts');
        const id = findRun(vault.db, named);
        if (options.worst !== undefined) {
          const { worstCsv, worstText } = await import('./worst-rows.ts');
          const found = await client.call('runs.worst', { id, limit: options.worst });
          if (options.csv && !context.options.json) process.stdout.write(await worstCsv(found));
          else context.print(found, () => worstText(found));
          return;
        }
        const detail = await client.call('runs.show', { id });
        const { evaluation, predictions } = await client.call('runs.evaluation', { id });
        if (detail.dataset === null)
          throw new AppError('NO_PREDICTIONS', `The run ${id} has no dataset in this vault.`);
        const { name, version } = detail.dataset;
        const table = openTable(context.vaultDir, await client.call('internal.datasetVersion', { name, version }));
        const rows = predictions.flatMap((part) =>
          rowsOf(part, evaluation.classes, (subject) => table.subjectLabel(subject)),
        );
        table.close();
        const csv = () => toCsv(rows, evaluation.classes);
        if (options.csv && !context.options.json) process.stdout.write(await csv());
        else context.print({ rows }, () => `${rows.length} held-out predictions; --csv or --json prints them.`);
      });
    }),
  );
};

function worstCount(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 200) return number;
  throw new InvalidArgumentError('A whole number from 1 to 200 is wanted.');
}

function rowsOf(part: PredictionColumns, classes: string[], label: (subject: number) => string): Row[] {
  const outputs = part.classes <= 2 ? 1 : part.classes;
  return Array.from({ length: part.rows }, (_, i) => ({
    row: part.row[i]! + 1,
    subject: part.subject === null ? null : label(part.subject[i]!),
    fold: part.fold === null ? null : part.fold[i]! + 1,
    split: part.part,
    truth: part.classes === 0 ? part.truth[i]! : classes[part.truth[i]!]!,
    score: outputs === 1 ? part.scores[i]! : Array.from(part.scores.subarray(i * outputs, (i + 1) * outputs)),
  }));
}

async function toCsv(rows: Row[], classes: string[]): Promise<string> {
  const { default: papa } = await import('papaparse');
  const scoreNames = classes.length <= 2 ? ['score'] : classes.map((name) => `score ${name}`);
  const fields = ['row', 'subject', 'fold', 'split', 'truth', ...scoreNames];
  const data = rows.map(({ row, subject, fold, split, truth, score }) => [
    row,
    subject,
    fold,
    split,
    truth,
    ...[score].flat(),
  ]);
  return `${papa.unparse({ fields, data }, { escapeFormulae: true, newline: '\n' })}\n`;
}

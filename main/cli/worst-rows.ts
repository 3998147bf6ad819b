import type { WorstRows } from '../../shared/contract/runs.ts';
import { plain } from '../../shared/format.ts';
import { textTable } from './text-table.ts';

const fixedColumns = ({ classes }: WorstRows): string[] => {
  const [score, loss] = classes.length === 0 ? ['predicted', 'error'] : ['p of truth', 'log loss'];
  return ['row', 'subject', 'fold', 'truth', score!, loss!];
};
const features = ({ rows }: WorstRows): string[] => rows[0]?.cells.map(({ column }) => column) ?? [];

/** The rows for a person, rows and folds counted from 1. */
export function worstText(found: WorstRows): string {
  const lines = found.rows.map(({ row, subject, fold, truth, score, loss, cells }) => [
    String(row + 1),
    subject ?? '–',
    fold === null ? '–' : String(fold + 1),
    String(truth),
    plain(score),
    plain(loss),
    ...cells.map(({ value }) => value ?? '–'),
  ]);
  return textTable([...fixedColumns(found), ...features(found)], lines);
}

/** The same as CSV with numbers in full; a feature may be named like one of the first columns. */
export async function worstCsv(found: WorstRows): Promise<string> {
  const { default: papa } = await import('papaparse');
  const data = found.rows.map(({ row, subject, fold, truth, score, loss, cells }) => [
    row + 1,
    subject,
    fold === null ? null : fold + 1,
    truth,
    score,
    loss,
    ...cells.map(({ value }) => value),
  ]);
  const fields = [...fixedColumns(found), ...features(found)];
  return `${papa.unparse({ fields, data }, { escapeFormulae: true, newline: '\n' })}\n`;
}

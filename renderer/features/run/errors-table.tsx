import { Fragment, type KeyboardEvent, useState } from 'react';
import type { WorstRows } from '../../../shared/contract/runs.ts';
import { count } from '../../../shared/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Missing } from '../../ui/number.tsx';
import { headsOf, lossWords, partOf, probability, rowNumber, valueWords, type WorstRow } from './error-words.ts';

type Props = { found: WorstRows; rows: readonly WorstRow[] };

/** The worst rows of a table; each opens to its record, the cells that the model saw. */
export function ErrorsTable({ found, rows }: Props) {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const heads = headsOf(found);
  const named = rows.some(({ subject }) => subject !== null);
  const columns = 5 + (named ? 1 : 0) + (heads.score === null ? 0 : 1);
  const toggle = (row: number) => {
    const next = new Set(open);
    if (!next.delete(row)) next.add(row);
    setOpen(next);
  };
  return (
    <table className="plain errors" aria-label="Worst rows" onKeyDown={moveBetweenRows}>
      <thead>
        <tr>
          <th className="errors-row">Row</th>
          {named && <th className="errors-subject">Subject</th>}
          <th>True</th>
          <th>Predicted</th>
          {heads.score && <th className="right errors-score">{heads.score}</th>}
          <th className="right errors-loss">{heads.loss}</th>
          <th className="errors-part">Part</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((item) => (
          <Fragment key={item.row}>
            <tr className={open.has(item.row) ? 'open' : undefined}>
              <td>
                <button
                  type="button"
                  className="errors-open"
                  aria-expanded={open.has(item.row)}
                  aria-label={`Row ${count(rowNumber(item))}: its record`}
                  onClick={() => toggle(item.row)}
                >
                  <Icon name={open.has(item.row) ? 'down' : 'right'} small />
                  {count(rowNumber(item))}
                </button>
              </td>
              {named && (
                <td className="t2" title={item.subject ?? undefined}>
                  {item.subject ?? <Missing />}
                </td>
              )}
              <td title={valueWords(item.truth)}>{valueWords(item.truth)}</td>
              <td className={item.predicted === item.truth ? 't2' : undefined} title={valueWords(item.predicted)}>
                {valueWords(item.predicted)}
              </td>
              {heads.score && <td className="right">{probability(item.score)}</td>}
              <td className="right strong">{lossWords(item.loss, found)}</td>
              <td className="t3">{partOf(item, found.part)}</td>
            </tr>
            {open.has(item.row) && (
              <tr className="errors-record">
                <td colSpan={columns}>
                  <Record of={item} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

/** The cells of a row that the model learnt from. */
function Record({ of: { cells } }: { of: WorstRow }) {
  return (
    <dl className="record">
      {cells.map(({ column, value }) => (
        <div key={column}>
          <dt title={column}>
            <code>{column}</code>
          </dt>
          <dd title={value ?? undefined}>{value ?? <Missing />}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The arrows go from one row's button to the next. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('.errors-open')];
  const next = buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step];
  if (!next) return;
  next.focus();
  event.preventDefault();
  event.stopPropagation();
}

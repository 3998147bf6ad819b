import { useMemo, useState } from 'react';
import type { WorstRows } from '../../../shared/contract/runs.ts';
import { count } from '../../../shared/format.ts';
import type { DatasetVersion } from '../../../shared/model/dataset.ts';
import { ImageViewer } from '../../ui/image-viewer.tsx';
import { Missing } from '../../ui/number.tsx';
import { Picture } from '../../ui/picture.tsx';
import { useThumbnails } from '../../ui/use-thumbnails.ts';
import { headsOf, lossWords, partOf, probability, rowNumber, valueWords, type WorstRow } from './error-words.ts';
import { moveBetweenRows } from './errors-table.tsx';
import { classWords } from './run-facts.ts';

type Props = { found: WorstRows; rows: readonly WorstRow[]; dataset: DatasetVersion; target: string | null };

/** The worst images; each opens larger, and from there the arrows go through all of them in this order. */
export function ErrorsOfImages({ found, rows, dataset: { name, version }, target }: Props) {
  const places = useMemo(() => Int32Array.from(rows, ({ row }) => row), [rows]);
  const thumbnail = useThumbnails(name, version, places, 0, rows.length - 1);
  const [open, setOpen] = useState<number | null>(null);
  const heads = headsOf(found);
  const named = rows.some(({ subject }) => subject !== null);
  const words = (value: string | number) => (typeof value === 'string' ? classWords(value, target) : valueWords(value));
  const facts = (place: number) => {
    const row = rows[place]!;
    return [
      { name: 'True', value: words(row.truth) },
      { name: 'Predicted', value: words(row.predicted) },
      ...(heads.score ? [{ name: heads.score, value: probability(row.score) }] : []),
      { name: heads.loss, value: lossWords(row.loss, found) },
    ];
  };
  return (
    <>
      <table className="plain errors of-images" aria-label="Worst images" onKeyDown={moveBetweenRows}>
        <thead>
          <tr>
            <th className="errors-image">Image</th>
            {named && <th className="errors-subject">Subject</th>}
            <th>True</th>
            <th>Predicted</th>
            {heads.score && <th className="right errors-score">{heads.score}</th>}
            <th className="right errors-loss">{heads.loss}</th>
            <th className="errors-part">Part</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((item, place) => {
            const small = thumbnail(place);
            return (
              <tr key={item.row}>
                <td>
                  <button
                    type="button"
                    className="errors-open"
                    aria-haspopup="dialog"
                    aria-label={`Image ${count(rowNumber(item))}, larger`}
                    onClick={() => setOpen(place)}
                  >
                    <span className="errors-picture">{small && <Picture of={small} className="errors-canvas" />}</span>
                    {count(rowNumber(item))}
                  </button>
                </td>
                {named && (
                  <td className="t2" title={item.subject ?? undefined}>
                    {item.subject ?? <Missing />}
                  </td>
                )}
                <td title={words(item.truth)}>{words(item.truth)}</td>
                <td className={item.predicted === item.truth ? 't2' : undefined} title={words(item.predicted)}>
                  {words(item.predicted)}
                </td>
                {heads.score && <td className="right">{probability(item.score)}</td>}
                <td className="right strong">{lossWords(item.loss, found)}</td>
                <td className="t3">{partOf(item, found.part)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {open !== null && (
        <ImageViewer
          name={name}
          version={version}
          rows={places}
          place={open}
          facts={facts}
          onPlace={setOpen}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

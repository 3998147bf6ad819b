import { useState } from 'react';
import { count, fixed, plural } from '../../../shared/format.ts';
import type { DatasetVersion } from '../../../shared/model/dataset.ts';
import { useCall } from '../../query.ts';
import { Button } from '../../ui/button.tsx';
import { ImageViewer } from '../../ui/image-viewer.tsx';
import { Missing } from '../../ui/number.tsx';
import { ErrorNotice } from '../../ui/screen.tsx';

const PAGE = 100;

/** Pairs of images that look the same, the most alike first; absent where there is none. */
export function Duplicates({ version: { name, version, images } }: { version: DatasetVersion }) {
  const some = (images?.nearDuplicates.pairs ?? 0) > 0;
  const found = useCall('datasets.duplicates', { name, version }, { enabled: some });
  const [shown, setShown] = useState(PAGE);
  const [open, setOpen] = useState<{ rows: Int32Array; place: number } | null>(null);
  if (!some) return null;
  const pairs = found.data?.pairs ?? [];
  return (
    <section aria-label="Near-duplicates">
      <header>
        <h2>Near-duplicates</h2>
        <span className="t3 small">{plural(images!.nearDuplicates.pairs, 'pair')}</span>
      </header>
      {found.error && <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />}
      <table className="plain skipped" aria-label="Images that look the same">
        <thead>
          <tr>
            <th>Image</th>
            <th>Looks like</th>
            <th className="right">Similarity</th>
            <th>Person</th>
          </tr>
        </thead>
        <tbody>
          {pairs.slice(0, shown).map(({ a, b, rowA, rowB, similarity, samePerson }) => (
            <tr key={`${rowA} ${rowB}`}>
              {[a, b].map((file, place) => (
                <td key={place === 0 ? rowA : rowB}>
                  <button
                    type="button"
                    className="link"
                    title={file}
                    onClick={() => setOpen({ rows: Int32Array.of(rowA, rowB), place })}
                  >
                    {file}
                  </button>
                </td>
              ))}
              <td className="right">{fixed(similarity, 3)}</td>
              <td className={samePerson === false ? 'warn' : 't2'}>
                {samePerson === null ? <Missing /> : samePerson ? 'the same' : 'another'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {pairs.length > shown && (
        <Button variant="quiet" onClick={() => setShown(shown + PAGE)}>
          Show more
        </Button>
      )}
      {found.data?.more && <p className="t3 small">There are more than the {count(pairs.length)} that are listed.</p>}
      {open && (
        <ImageViewer
          name={name}
          version={version}
          {...open}
          onPlace={(place) => setOpen({ ...open, place })}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}

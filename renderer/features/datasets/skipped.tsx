import { useState } from 'react';
import { count } from '../../../shared/format.ts';
import type { SkippedFile } from '../../../shared/model/dataset.ts';
import { Button } from '../../ui/button.tsx';

const PAGE = 200;

/** Files, and rows of a labels table, that are not in an image dataset, each with its reason. */
export function Skipped({ skipped }: { skipped: SkippedFile[] }) {
  const [shown, setShown] = useState(PAGE);
  if (skipped.length === 0) return null;
  return (
    <section aria-label="Left out">
      <header>
        <h2>Left out</h2>
        <span className="t3 small">{count(skipped.length)}</span>
      </header>
      <SkippedTable skipped={skipped.slice(0, shown)} />
      {skipped.length > shown && (
        <Button variant="quiet" onClick={() => setShown(shown + PAGE)}>
          Show more
        </Button>
      )}
    </section>
  );
}

export function SkippedTable({ skipped }: { skipped: SkippedFile[] }) {
  return (
    <table className="plain skipped" aria-label="Files that are left out">
      <thead>
        <tr>
          <th>File</th>
          <th>Reason</th>
        </tr>
      </thead>
      <tbody>
        {skipped.map(({ path, code, reason }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one file can be left out for several reasons
          <tr key={at}>
            <td>
              <code title={path}>{path}</code>
            </td>
            <td className="t2" title={code}>
              {reason}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

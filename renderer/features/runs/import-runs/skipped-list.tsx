import { useState } from 'react';
import { count } from '../../../../shared/format.ts';
import type { SkippedSource } from '../../../../shared/model/run-import.ts';
import { Button } from '../../../ui/button.tsx';

const PAGE = 200;

/** What is left out or came in otherwise than it was, each with its reason. */
export function SkippedList({ list, title = 'Left out' }: { list: SkippedSource[]; title?: string }) {
  const [shown, setShown] = useState(PAGE);
  if (list.length === 0) return null;
  return (
    <section className="import-skipped" aria-label={title}>
      <h3>
        {title} <span className="t3 small">{count(list.length)}</span>
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <div className="import-scroll" tabIndex={0}>
        <table className="plain">
          <thead>
            <tr>
              <th>Where</th>
              <th>Why</th>
            </tr>
          </thead>
          <tbody>
            {list.slice(0, shown).map(({ path, reason }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one place can be left out for several reasons
              <tr key={at}>
                <td>
                  <code title={path}>{path}</code>
                </td>
                <td className="t2">{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {list.length > shown && (
        <Button variant="quiet" onClick={() => setShown(shown + PAGE)}>
          Show more
        </Button>
      )}
    </section>
  );
}

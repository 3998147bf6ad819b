import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { bytes, plural } from '../../../../shared/format.ts';
import type { Artifact } from '../../../../shared/model/run.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/screen.tsx';
import { decodeText, looksLikeText, readAtMost } from './kind.ts';
import { NotText } from './not-text.tsx';
import { useFile } from './use-file.ts';

/** Lines of a file. A long one is read a part at a time. */
export function TextView({ run, artifact, because }: { run: string; artifact: Artifact; because?: string }) {
  const [parts, setParts] = useState(1);
  const file = useFile(run, artifact.path, parts * readAtMost.text);
  const [last, setLast] = useState(file.data);
  if (file.data && file.data !== last) setLast(file.data);
  const data = file.data ?? last;
  if (file.error) return <ErrorNotice error={file.error} onRetry={() => void file.refetch()} />;
  if (!data) return null;
  if (!looksLikeText(data.bytes)) return <NotText path={artifact.path} />;
  const cut = data.bytes.length < data.size;
  return (
    <>
      {(cut || because !== undefined) && (
        <div className="artifact-note">
          <span className="t2 small">
            {because !== undefined && `The file ${because} and is shown as text. `}
            {cut && `The first ${bytes(data.bytes.length)} of ${bytes(data.size)}.`}
          </span>
          {cut && parts < MOST_PARTS && (
            <Button variant="quiet" disabled={file.isFetching} onClick={() => setParts(parts * 2)}>
              Show more
            </Button>
          )}
          {cut && parts >= MOST_PARTS && (
            <span className="t3 small">More is not shown here; save a copy for the rest.</span>
          )}
        </div>
      )}
      <Lines text={decodeText(data.bytes, cut)} label={artifact.path} />
    </>
  );
}

/** 32 parts of 1 MB. */
const MOST_PARTS = 32;
const LINE = 18;
/** A longer line is cut on the screen: laying out a megabyte in one line stops the window. */
const LONGEST = 10_000;

/** Text in lines of one height, only those in sight drawn. */
export function Lines({ text, label }: { text: string; label: string }) {
  const scroll = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => text.replace(/\r?\n$/, '').split(/\r?\n/), [text]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => LINE,
    overscan: 20,
  });
  return (
    <div
      className="artifact-text"
      ref={scroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: long, so it must scroll by keyboard
      tabIndex={0}
      role="document"
      aria-label={`${label}, ${plural(lines.length, 'line')}`}
    >
      <div style={{ height: virtual.getTotalSize() }} className="artifact-lines">
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index]!;
          return (
            <div key={item.key} className="artifact-line" style={{ transform: `translateY(${item.start}px)` }}>
              <span className="artifact-number">{item.index + 1}</span>
              <span>{line.length > LONGEST ? `${line.slice(0, LONGEST)} …` : line}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

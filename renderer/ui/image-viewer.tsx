import './image-viewer.css';
import type { KeyboardEvent } from 'react';
import { bytes, count } from '../../shared/format.ts';
import { useCall } from '../query.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { formatWords } from './image-words.ts';
import { Missing } from './number.tsx';
import { Picture } from './picture.tsx';
import { ErrorNotice, ProgressLine } from './screen.tsx';

type Props = {
  name: string;
  version: number;
  rows: Int32Array;
  place: number;
  /** What else is known of the image at a place, above its cells. */
  facts?: (place: number) => readonly { name: string; value: string }[];
  onPlace: (place: number) => void;
  onClose: () => void;
};

/** Decoded images are large: those left behind are let go at once. */
const KEPT_MS = 2_000;

/** One image as large as the window allows, with the cells of its row that could name nobody. Left and right arrow move. */
export function ImageViewer({ name, version, rows, place, facts, onPlace, onClose }: Props) {
  const image = useCall(
    'datasets.image',
    { name, version, row: rows[place]! },
    { placeholderData: (previous) => previous, gcTime: KEPT_MS },
  );
  const go = (to: number) => to >= 0 && to < rows.length && onPlace(to);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowLeft') go(place - 1);
    else if (event.key === 'ArrowRight') go(place + 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const shown = image.data;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={`Image ${count(rows[place]! + 1)}`}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows repeat what the two buttons inside do */}
      <div className="viewer" onKeyDown={onKeyDown}>
        <ProgressLine busy={image.isFetching} />
        {image.error && <ErrorNotice error={image.error} onRetry={() => void image.refetch()} />}
        {shown && (
          <div className={image.isPlaceholderData ? 'viewer-parts waiting' : 'viewer-parts'}>
            <Picture of={shown.picture} className="viewer-canvas" />
            <dl className="viewer-cells">
              {facts?.(place).map((fact) => (
                <div key={fact.name}>
                  <dt>{fact.name}</dt>
                  <dd>{fact.value}</dd>
                </div>
              ))}
              {shown.cells.map(({ column, value }) => (
                <div key={column}>
                  <dt>
                    <code>{column}</code>
                  </dt>
                  <dd>{value ?? <Missing />}</dd>
                </div>
              ))}
              <div>
                <dt>File</dt>
                <dd>
                  {formatWords[shown.format]}, {count(shown.width)} × {count(shown.height)}, {shown.bits} bits,{' '}
                  {bytes(shown.bytes)}
                </dd>
              </div>
            </dl>
          </div>
        )}
        <div className="viewer-moves">
          <Button icon="left" aria-disabled={place === 0} onClick={() => go(place - 1)} autoFocus>
            Previous
          </Button>
          <span className="t3 small" aria-live="polite">
            {count(place + 1)} of {count(rows.length)}
          </span>
          <Button icon="right" aria-disabled={place === rows.length - 1} onClick={() => go(place + 1)}>
            Next
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

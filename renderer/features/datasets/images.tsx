import './images.css';
import { useState } from 'react';
import { count, plural } from '../../../shared/format.ts';
import type { DatasetVersion } from '../../../shared/model/dataset.ts';
import { useCall } from '../../query.ts';
import { ImageViewer } from '../../ui/image-viewer.tsx';
import { ErrorNotice } from '../../ui/screen.tsx';
import { Select } from '../../ui/select.tsx';
import { ImageGrid } from './image-grid.tsx';

const ALL = '';
const NONE = new Int32Array();

/** The images of a version as a grid, by class and by part, and one of them larger. */
export function Images({ version: { name, version } }: { version: DatasetVersion }) {
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const [place, setPlace] = useState(0);
  const [open, setOpen] = useState(false);
  const where = Object.entries(chosen).map(([column, level]) => ({ column, level }));
  const images = useCall('datasets.images', { name, version, where }, { placeholderData: (previous) => previous });
  const rows = images.data?.rows ?? NONE;

  function choose(column: string, level: string) {
    const { [column]: _, ...others } = chosen;
    setChosen(level === ALL ? others : { ...others, [column]: level });
    setPlace(0);
  }

  return (
    <section aria-label="Images">
      <header>
        <h2>Images</h2>
        <span className="t3 small">{images.data && plural(rows.length, 'image')}</span>
        <span className="grow" />
        {images.data?.filters.map(({ column, what, levels }) => (
          <span key={column} className="images-filter">
            <Select
              quiet
              label={what === 'class' ? `Class, ${column}` : `Part, ${column}`}
              value={chosen[column] ?? ALL}
              options={[
                { value: ALL, label: what === 'class' ? 'Every class' : 'Every part' },
                ...levels.map(({ level, count: of }) => ({ value: level, label: level, detail: count(of) })),
              ]}
              onChange={(level) => choose(column, level)}
            />
          </span>
        ))}
      </header>
      {images.error && <ErrorNotice error={images.error} onRetry={() => void images.refetch()} />}
      {images.data && rows.length === 0 && <p className="t2">No image is of this class and part.</p>}
      {rows.length > 0 && (
        <ImageGrid
          name={name}
          version={version}
          rows={rows}
          place={place}
          onPlace={setPlace}
          onOpen={() => setOpen(true)}
        />
      )}
      {open && rows[place] !== undefined && (
        <ImageViewer
          name={name}
          version={version}
          rows={rows}
          place={place}
          onPlace={setPlace}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  );
}

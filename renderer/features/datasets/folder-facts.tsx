import type { FolderPreview } from '../../../shared/contract/datasets.ts';
import { bytes, count, plural } from '../../../shared/format.ts';
import { formatWords } from '../../ui/image-words.ts';
import { Notice } from '../../ui/screen.tsx';
import { SkippedTable } from './skipped.tsx';

/** What a folder of images looks like before its import: its files, its labels, its classes, and what will be left out. */
export function FolderFacts({ preview }: { preview: FolderPreview }) {
  const { classes, skipped, skippedCount } = preview;
  return (
    <>
      <p>
        {plural(preview.images, 'image')}, {bytes(preview.bytes)}:{' '}
        {preview.formats.map(({ format, count: files }) => `${count(files)} ${formatWords[format]}`).join(', ')}.{' '}
        {labelsWords(preview.labels)}
      </p>
      {classes && (
        <p>
          <code>{classes.column}</code>:{' '}
          {classes.levels.map(({ level, count: images }) => `${level} ${count(images)}`).join(', ')}
          {classes.other > 0 && `, others ${count(classes.other)}`}.
        </p>
      )}
      {skippedCount > 0 && (
        <>
          <Notice>
            {plural(skippedCount, 'file')} will be left out as far as names and labels tell. Files that cannot be
            decoded are found during the import.
          </Notice>
          <div className="import-table">
            <SkippedTable skipped={skipped} />
          </div>
          {skippedCount > skipped.length && <p className="t3 small">These are the first {count(skipped.length)}.</p>}
        </>
      )}
    </>
  );
}

function labelsWords({ from, table }: FolderPreview['labels']): string {
  if (from === 'table') return `Labels come from ${table}.`;
  return from === 'folders'
    ? 'Labels come from the folders that the images lie in.'
    : 'There are no labels; columns come from the headers of the DICOM files.';
}

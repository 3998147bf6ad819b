import { bytes, count, plural } from '../../../shared/format.ts';
import type { DatasetVersion } from '../../../shared/model/dataset.ts';
import { Notice } from '../../ui/screen.tsx';

const formatNames = { png: 'PNG', jpeg: 'JPEG', tiff: 'TIFF', dicom: 'DICOM' } as const;

/** What a model of images would learn from: there are no columns to tick. */
export function ImagesFacts({ version }: { version: DatasetVersion }) {
  const { images } = version;
  const notices = version.warnings.filter(({ code }) => code === 'NEAR_DUPLICATE_IMAGES' || code === 'BURNED_IN_TEXT');
  return (
    <div className="train-features">
      <div className="features-head">
        <h2>Images</h2>
        <span className="t3 small">{plural(version.rows, 'image')}</span>
      </div>
      {images && (
        <dl className="facts images-facts">
          <dt>Files</dt>
          <dd>
            {images.formats.map(({ format, count: files }) => `${count(files)} ${formatNames[format]}`).join(', ')}
            <span className="t3 small"> {bytes(images.bytes)}</span>
          </dd>
          <dt>Size</dt>
          <dd>
            {between(images.width)} × {between(images.height)} pixels
          </dd>
          <dt>Values</dt>
          <dd>
            {between(images.bits)} bits{images.colour > 0 && `, ${count(images.colour)} in colour`}
          </dd>
        </dl>
      )}
      <p className="t3 small">
        Every image is made a square of the recipe’s size. The label and the persons come from the table beside them.
      </p>
      {notices.map(({ code, message }) => (
        <Notice key={code}>{message}</Notice>
      ))}
    </div>
  );
}

const between = ({ min, max }: { min: number; max: number }) =>
  min === max ? count(min) : `${count(min)} to ${count(max)}`;

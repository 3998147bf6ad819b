import { useEffect, useState } from 'react';
import { Segmented } from '../../../ui/choice.tsx';
import { EmptyState } from '../../../ui/screen.tsx';
import { endingOf, imageTypes } from './kind.ts';

/** A picture on a ground of its own, fitted to the place or pixel by pixel. An SVG is drawn as an image: it runs and loads nothing. */
export function ImageView({ bytes, path }: { bytes: Uint8Array<ArrayBuffer>; path: string }) {
  const [url, setUrl] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const [fit, setFit] = useState<'fit' | 'whole'>('fit');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: imageTypes[endingOf(path)] }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, path]);
  if (failed) return <EmptyState>This picture cannot be decoded; the file may be cut or be something else.</EmptyState>;
  return (
    <>
      <div className="artifact-note">
        <Segmented
          label="Size"
          value={fit}
          onChange={setFit}
          options={[
            { value: 'fit', label: 'Fit' },
            { value: 'whole', label: 'Pixel by pixel' },
          ]}
        />
        {size && (
          <span className="t3 small">
            {size.width} × {size.height} pixels
          </span>
        )}
      </div>
      <div
        className={`artifact-picture ${fit}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: larger than its place, so it must scroll by keyboard
        tabIndex={0}
        role="document"
        aria-label="Picture"
      >
        {url && (
          <img
            src={url}
            alt={path}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              setSize({ width: naturalWidth, height: naturalHeight })
            }
            onError={() => setFailed(true)}
          />
        )}
      </div>
    </>
  );
}

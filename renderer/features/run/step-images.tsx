import { useEffect, useState } from 'react';
import { bytes as bytesText, plural } from '../../../shared/format.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import type { StepImages } from '../../../shared/model/step-record.ts';
import { ErrorNotice } from '../../ui/screen.tsx';
import { endingOf, imageTypes, readAtMost } from './artifacts/kind.ts';
import { useFile } from './artifacts/use-file.ts';

/** The images of one step side by side; each stays until the one of the next chosen step is there. */
export function StepImagesView({ run, of: { paths }, name }: { run: RunDetail; of: StepImages; name: string }) {
  return (
    <div className="step-images">
      {paths.map((path, place) => (
        <StepImage
          // biome-ignore lint/suspicious/noArrayIndexKey: an image of a step is its place
          key={place}
          run={run}
          path={path}
          label={paths.length === 1 ? name : `${name}, ${place + 1} of ${paths.length}`}
        />
      ))}
    </div>
  );
}

function StepImage({ run, path, label }: { run: RunDetail; path: string; label: string }) {
  const artifact = run.artifacts.find((one) => one.path === path);
  const tooLarge = artifact !== undefined && artifact.bytes > readAtMost.image;
  const file = useFile(run.id, path, readAtMost.image, artifact !== undefined && !tooLarge);
  const [shown, setShown] = useState<{ url: string; path: string } | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [size, setSize] = useState('');
  const data = file.data?.bytes;
  useEffect(() => {
    if (data === undefined) return;
    setShown({ url: URL.createObjectURL(new Blob([data], { type: imageTypes[endingOf(path)] })), path });
  }, [data, path]);
  useEffect(() => (shown === null ? undefined : () => URL.revokeObjectURL(shown.url)), [shown]);
  if (artifact === undefined) return <p className="t2">{path} is no longer among the artifacts of this run.</p>;
  if (tooLarge) {
    return (
      <p className="t2">
        {path} has {bytesText(artifact.bytes)}, more than the {bytesText(readAtMost.image)} that are shown here.
      </p>
    );
  }
  if (file.error) return <ErrorNotice error={file.error} onRetry={() => void file.refetch()} />;
  if (failed === path) return <p className="t2">{path} cannot be decoded.</p>;
  if (shown === null) return null;
  return (
    <figure>
      <img
        src={shown.url}
        alt={label}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
          setSize(`${naturalWidth} × ${plural(naturalHeight, 'pixel')}`)
        }
        onError={() => setFailed(shown.path)}
      />
      <figcaption className="t3 small">{size}</figcaption>
    </figure>
  );
}

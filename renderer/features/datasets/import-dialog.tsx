import { bytes, clock, count, percent } from '../../../shared/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { KindList } from '../../ui/kind-list.tsx';
import { ErrorNotice, Meter } from '../../ui/screen.tsx';
import { DeclareForm } from './declare-form.tsx';
import type { ImportFlow, ImportStage, Preview } from './use-import.ts';

/** What an import asks for, step by step: what kind of data, what it is, then its progress. */
export function ImportDialog({ flow }: { flow: ImportFlow }) {
  const { stage } = flow;
  switch (stage.step) {
    case 'asking':
      return <ChooseKind flow={flow} />;
    case 'failed':
      return (
        <Dialog
          open
          onClose={flow.close}
          title={stage.kind === 'table' ? 'This file cannot be imported' : 'This folder cannot be imported'}
          actions={<Button onClick={flow.close}>Close</Button>}
        >
          <ErrorNotice error={stage.error} onRetry={() => void flow.choose(stage.kind)} />
        </Dialog>
      );
    case 'declaring':
      return <DeclareForm key={stage.preview.handle} flow={flow} preview={stage.preview} error={stage.error} />;
    case 'importing':
      return <Importing flow={flow} preview={stage.preview} progress={stage.progress} />;
    default:
      return null;
  }
}

const kinds = [
  { kind: 'table', icon: 'table', label: 'A table', detail: 'a CSV or TSV file, one row per patient or visit' },
  {
    kind: 'images',
    icon: 'dataset',
    label: 'A folder of images',
    detail: 'PNG, JPEG, TIFF or DICOM files, with a labels.csv or one folder per class',
  },
  {
    kind: 'images-and-labels',
    icon: 'folder',
    label: 'Images, and labels from elsewhere',
    detail: 'first the folder of images, then the CSV or TSV file with their labels',
  },
] as const;

function ChooseKind({ flow }: { flow: ImportFlow }) {
  return (
    <Dialog open onClose={flow.close} title="Import data" actions={<Button onClick={flow.close}>Cancel</Button>}>
      <KindList kinds={kinds} onChoose={(kind) => void flow.choose(kind)} />
    </Dialog>
  );
}

type ImportingProps = {
  flow: ImportFlow;
  preview: Preview;
  progress: Extract<ImportStage, { step: 'importing' }>['progress'];
};

function Importing({ flow, preview, progress }: ImportingProps) {
  const name = preview.kind === 'table' ? preview.fileName : preview.folderName;
  const facts =
    progress === null ? null : preview.kind === 'table' ? tableFacts(progress) : imageFacts(progress, preview.images);
  return (
    <Dialog
      open
      onClose={() => flow.cancel(preview)}
      title={`Importing ${name}`}
      actions={<Button onClick={() => flow.cancel(preview)}>Cancel import</Button>}
    >
      <div className="import-progress">
        <Meter done={facts?.share ?? null} label="Import" />
        <div className="import-numbers">
          <span>{facts?.share == null ? 'Reading' : facts.done}</span>
          <span>
            {facts?.rate}
            {progress?.leftMs != null && `, ${clock(progress.leftMs)} left`}
          </span>
        </div>
      </div>
      <p className="t3 small">
        Nothing is kept until {preview.kind === 'table' ? 'the whole file has' : 'all images have'} been read.
      </p>
    </Dialog>
  );
}

type Progress = NonNullable<ImportingProps['progress']>;
type Facts = { share: number | null; done: string; rate: string };

function tableFacts({ bytesDone, bytesTotal, bytesPerSecond, rows }: Progress): Facts {
  const share = bytesTotal === 0 ? null : bytesDone / bytesTotal;
  return { share, done: `${percent(share ?? 0)}, ${count(rows)} rows`, rate: `${bytes(bytesPerSecond)}/s` };
}

function imageFacts({ bytesDone, bytesPerSecond, rows }: Progress, images: number): Facts {
  const perSecond = bytesDone > 0 ? (rows * bytesPerSecond) / bytesDone : 0;
  return {
    share: images === 0 ? null : rows / images,
    done: `${count(rows)} of ${count(images)} images`,
    rate: `${count(Math.round(perSecond))} images/s, ${bytes(bytesPerSecond)}/s`,
  };
}

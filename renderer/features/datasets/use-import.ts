import { useEffect, useState } from 'react';
import type { FolderPreview, ImportPreview } from '../../../shared/contract/datasets.ts';
import type { Events } from '../../../shared/contract/events.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { DatasetVersion } from '../../../shared/model/dataset.ts';
import { api } from '../../api.ts';

/** What a person can choose; the labels of images may lie elsewhere. */
export type ImportKind = 'table' | 'images' | 'images-and-labels';
/** What a person chose: a table or a folder of images. */
export type Preview = ImportPreview | FolderPreview;

export type ImportStage =
  | { step: 'none' }
  | { step: 'asking' }
  | { step: 'choosing' }
  | { step: 'declaring'; preview: Preview; error: AppError | null }
  | { step: 'importing'; preview: Preview; progress: Events['import.progress'] | null }
  | { step: 'failed'; kind: ImportKind; error: AppError };

export type Declared = Omit<CallInput<'datasets.import'>, 'handle'>;
export type ImportFlow = ReturnType<typeof useImport>;

/** The steps of an import: choose a table or a folder, say what it is, wait or cancel. `onDone` gets the new version. */
export function useImport(onDone: (version: DatasetVersion) => void) {
  const [stage, setStage] = useState<ImportStage>({ step: 'none' });

  useEffect(
    () =>
      api.on('import.progress', (progress) =>
        setStage((now) =>
          now.step === 'importing' && now.preview.handle === progress.handle ? { ...now, progress } : now,
        ),
      ),
    [],
  );

  async function choose(kind: ImportKind) {
    setStage({ step: 'choosing' });
    try {
      const preview = await (kind === 'table'
        ? api.call('datasets.pick', {})
        : api.call('datasets.pickFolder', { labels: kind === 'images-and-labels' }));
      setStage(preview === null ? { step: 'none' } : { step: 'declaring', preview, error: null });
    } catch (error) {
      setStage({ step: 'failed', kind, error: error as AppError });
    }
  }

  async function start(preview: Preview, declared: Declared) {
    setStage({ step: 'importing', preview, progress: null });
    try {
      const version = await api.call('datasets.import', { handle: preview.handle, ...declared });
      setStage({ step: 'none' });
      onDone(version);
    } catch (error) {
      const failure = error as AppError;
      // A cancelled import goes back to its form: the file is still chosen.
      const cancelled = failure.code === 'IMPORT_CANCELLED' || failure.code === 'CANCELLED';
      setStage({ step: 'declaring', preview, error: cancelled ? null : failure });
    }
  }

  return {
    stage,
    ask: () => setStage({ step: 'asking' }),
    choose,
    start,
    cancel: (preview: Preview) => void api.call('datasets.cancelImport', { handle: preview.handle }),
    close: () => setStage({ step: 'none' }),
  };
}

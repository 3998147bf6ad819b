import { useEffect, useState } from 'react';
import type { ImportPreview } from '../../../shared/contract/datasets.ts';
import type { Events } from '../../../shared/contract/events.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { DatasetVersion } from '../../../shared/model/dataset.ts';
import { api } from '../../api.ts';

export type ImportStage =
  | { step: 'none' }
  | { step: 'choosing' }
  | { step: 'declaring'; preview: ImportPreview; error: AppError | null }
  | { step: 'importing'; preview: ImportPreview; progress: Events['import.progress'] | null }
  | { step: 'failed'; error: AppError };

type Declared = Omit<CallInput<'datasets.import'>, 'handle'>;

/** The steps of an import: choose a file, say what it is, wait or cancel. `onDone` gets the new version. */
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

  async function choose() {
    setStage({ step: 'choosing' });
    try {
      const preview = await api.call('datasets.pick', {});
      setStage(preview === null ? { step: 'none' } : { step: 'declaring', preview, error: null });
    } catch (error) {
      setStage({ step: 'failed', error: error as AppError });
    }
  }

  async function start(preview: ImportPreview, declared: Declared) {
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
    choose,
    start,
    cancel: (preview: ImportPreview) => void api.call('datasets.cancelImport', { handle: preview.handle }),
    close: () => setStage({ step: 'none' }),
  };
}

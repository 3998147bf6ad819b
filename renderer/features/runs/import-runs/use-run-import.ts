import { useState } from 'react';
import type { ImportSource } from '../../../../shared/contract/imports.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { FoundRuns, ImportSummary, RunImportProgress } from '../../../../shared/model/run-import.ts';
import { api } from '../../../api.ts';

export type RunImportStage =
  | { step: 'closed' }
  | { step: 'asking'; error: Error | null }
  | { step: 'looking' }
  | { step: 'found'; source: ImportSource }
  | { step: 'importing'; source: ImportSource; watch: boolean; progress: RunImportProgress | null }
  | { step: 'done'; summary: ImportSummary };

const pollMs = 250;

/** The import of runs from the window, from the choice of a folder to the list of what was left out. */
export function useRunImport() {
  const [stage, setStage] = useState<RunImportStage>({ step: 'closed' });

  async function choose(what: 'folder' | 'file') {
    setStage({ step: 'looking' });
    try {
      const source = await api.call('imports.pick', { what });
      setStage(source === null ? { step: 'asking', error: null } : { step: 'found', source });
    } catch (error) {
      setStage({ step: 'asking', error: error as Error });
    }
  }

  async function start(source: ImportSource, format: FoundRuns['format'], study: string, watch: boolean) {
    const { handle } = source;
    setStage({ step: 'importing', source, watch, progress: null });
    const timer = setInterval(async () => {
      const { progress } = await api.call('imports.progress', { handle });
      setStage((old) => (old.step === 'importing' ? { ...old, progress } : old));
    }, pollMs);
    try {
      const name = study.trim();
      const summary = await api.call('imports.start', { handle, format, study: name === '' ? null : name, watch });
      setStage({ step: 'done', summary });
    } catch (error) {
      const cancelled = error instanceof AppError && error.code === 'IMPORT_CANCELLED';
      setStage({ step: 'asking', error: cancelled ? null : (error as Error) });
    } finally {
      clearInterval(timer);
    }
  }

  return {
    stage,
    open: () => setStage({ step: 'asking', error: null }),
    close: () => setStage({ step: 'closed' }),
    choose,
    start,
    stop: (source: ImportSource) => void api.call('imports.stop', { handle: source.handle }),
  };
}

export type RunImport = ReturnType<typeof useRunImport>;

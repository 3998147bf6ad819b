import { useRef, useState } from 'react';
import type { ImportSource, ImportState } from '../../../../shared/contract/imports.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { ImportFormat, ImportSummary, RunImportProgress } from '../../../../shared/model/run-import.ts';
import { api } from '../../../api.ts';
import { refreshWatches } from './use-watches.ts';

export type SourceKind = 'folder' | 'file';
export type Importing = {
  source: ImportSource;
  progress: RunImportProgress | null;
  /** When it began, in ms since 1970: rate and estimate come from it. */
  startedAt: number;
};
export type RunImportStage =
  | { step: 'closed' }
  | { step: 'asking'; error: Error | null }
  | { step: 'looking' }
  | { step: 'found'; source: ImportSource; kind: SourceKind }
  | ({ step: 'importing' } & Importing)
  | ({ step: 'cancelled' } & Importing)
  | { step: 'done'; name: string; watched: boolean; summary: ImportSummary };

const pollMs = 250;

/** The import of runs from the window, from the choice of a folder to the list of what was left out. */
export function useRunImport() {
  const [stage, setStage] = useState<RunImportStage>({ step: 'closed' });
  const stopping = useRef<Promise<ImportState> | null>(null);

  async function choose(kind: SourceKind) {
    setStage({ step: 'looking' });
    try {
      const source = await api.call('imports.pick', { what: kind });
      setStage(source === null ? { step: 'asking', error: null } : { step: 'found', source, kind });
    } catch (error) {
      setStage({ step: 'asking', error: error as Error });
    }
  }

  async function start(source: ImportSource, format: ImportFormat, study: string) {
    const { handle, name } = source;
    stopping.current = null;
    let now: Importing = { source, progress: null, startedAt: Date.now() };
    setStage({ step: 'importing', ...now });
    const timer = setInterval(async () => {
      const { progress } = await api.call('imports.progress', { handle });
      if (progress === null) return;
      now = { ...now, progress };
      setStage((old) => (old.step === 'importing' ? { step: 'importing', ...now } : old));
    }, pollMs);
    try {
      const summary = await api.call('imports.start', { handle, format, study: orNull(study) });
      setStage({ step: 'done', name, watched: false, summary });
    } catch (error) {
      const cancelled = error instanceof AppError && error.code === 'IMPORT_CANCELLED';
      const stopped: ImportState | null = await (stopping.current as Promise<ImportState> | null);
      const progress = stopped?.progress ?? now.progress;
      setStage(cancelled ? { step: 'cancelled', ...now, progress } : { step: 'asking', error: error as Error });
    } finally {
      clearInterval(timer);
    }
  }

  async function watch({ handle }: ImportSource, format: ImportFormat, study: string) {
    try {
      await api.call('imports.watch', { handle, format, study: orNull(study) });
      setStage({ step: 'closed' });
      await refreshWatches();
    } catch (error) {
      setStage({ step: 'asking', error: error as Error });
    }
  }

  return {
    stage,
    open: () => setStage({ step: 'asking', error: null }),
    close: () => setStage({ step: 'closed' }),
    choose,
    stopLooking: () => void api.call('imports.stopLooking', {}),
    start,
    stop({ handle }: ImportSource) {
      stopping.current = api.call('imports.stop', { handle });
    },
    watch,
    /** Shows what a watch brought once it was stopped. */
    showWatched: (name: string, summary: ImportSummary) => setStage({ step: 'done', name, watched: true, summary }),
  };
}

export type RunImport = ReturnType<typeof useRunImport>;

const orNull = (study: string): string | null => (study.trim() === '' ? null : study.trim());

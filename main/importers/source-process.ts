import { AppError, fromFailure } from '../../shared/errors.ts';
import type { FoundRuns, ImportFormat, ImportSummary, RunImportProgress } from '../../shared/model/run-import.ts';
import { startChild } from '../platform/child.ts';
import { entryUrl } from '../platform/entry.ts';
import { knownFormats } from './formats.ts';
import { cancelled } from './import-runs.ts';
import { type FromSourceChild, fromSourceChild, type SourceTask, type ToSourceChild } from './source-messages.ts';

/** A foreign source being read in a child of its own. */
export type SourceProcess<T> = {
  /** Rejects with the task's own error, IMPORT_CANCELLED after `cancel`, or OUT_OF_MEMORY or INTERNAL when the child dies. */
  done: Promise<T>;
  cancel(): void;
  pid: number | undefined;
};

/** The child's heap; columns of points are outside it. */
const HEAP_MIB = 1024;

export type StartRunImport = {
  format: ImportFormat;
  path: string;
  study: string | null;
  /** Goes on until `cancel`, and then resolves with what came in. */
  watch?: boolean;
  onProgress?: (progress: RunImportProgress) => void;
};

/** Imports the runs at a path in a child process. */
export function startRunImport(
  vaultDir: string,
  { format, path, study, watch = false, onProgress }: StartRunImport,
): SourceProcess<ImportSummary> {
  return start({ type: 'import', vaultDir, format, path, study, watch }, (message) => {
    if (message.type === 'progress') onProgress?.(message.progress);
    return message.type === 'done' ? message.summary : null;
  });
}

/** Looks in a child process what can be imported from a path. */
export function startFind(path: string, formats: ImportFormat[] = knownFormats): SourceProcess<FoundRuns[]> {
  return start({ type: 'find', path, formats }, (message) => (message.type === 'found' ? message.found : null));
}

/** `take` gives the result once a message has it. */
function start<T>(task: SourceTask, take: (message: FromSourceChild) => T | null): SourceProcess<T> {
  let settle!: { resolve(value: T): void; reject(error: AppError): void };
  const done = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  let stopped = false;
  let output = '';
  const child = startChild(entryUrl('importers/source-child'), {
    name: 'Wardbook import of runs',
    execArgv: [`--max-old-space-size=${HEAP_MIB}`],
    onMessage(raw) {
      const message = fromSourceChild.parse(raw);
      if (message.type === 'failed') return settle.reject(fromFailure(message.error));
      const result = take(message);
      if (result !== null) settle.resolve(result);
    },
    onOutput(text) {
      output = (output + text).slice(-2000);
      if (process.env.WARDBOOK_DEBUG === '1') process.stderr.write(text);
    },
    onExit: () => settle.reject(endedEarly(stopped, output)),
  });
  const send = (message: ToSourceChild): void => child.send(message);
  send(task);
  return {
    done,
    pid: child.pid,
    cancel() {
      stopped = true;
      send({ type: 'cancel' });
    },
  };
}

/** Why a child that said nothing at its end is gone; without effect after its last message. */
function endedEarly(stopped: boolean, output: string): AppError {
  if (stopped) return cancelled();
  if (/heap out of memory/i.test(output)) {
    return new AppError(
      'OUT_OF_MEMORY',
      'The import needed more memory than it may use. Runs that were imported before are there, whole.',
    );
  }
  return new AppError(
    'INTERNAL',
    'The import ended unexpectedly. Runs that were imported before are there, whole.',
    'Try again; if it happens again, look for a damaged file in the source.',
  );
}

import { AppError, fromFailure } from '../../shared/errors.ts';
import type { DatasetVersion } from '../../shared/model/dataset.ts';
import { startChild } from '../platform/child.ts';
import { entryUrl } from '../platform/entry.ts';
import { removeAbandonedImports } from '../store/import-folder.ts';
import { fromImporter, type ToImporter } from './import-messages.ts';
import type { ImportKind, ImportRequest } from './import-request.ts';

/** An import going on in a child of its own. */
export type ImportProcess = {
  /** Rejects with the import's own error, IMPORT_CANCELLED after `cancel`, or OUT_OF_MEMORY or INTERNAL when the child dies. */
  done: Promise<DatasetVersion>;
  cancel(): void;
  pid: number | undefined;
};

/** The child's heap: an import needs far less whatever the file; one that does not is stopped before the machine swaps. */
const HEAP_MIB = 512;

/** Imports a table or a folder in a child process, so that the window stays quick and a file that breaks the parser takes nothing with it. */
export function startImport(
  vaultDir: string,
  request: Omit<ImportRequest, 'signal'> & { kind?: ImportKind; labels?: string },
): ImportProcess {
  const { path, name, subject, kind = 'table', labels, onProgress } = request;
  const named = labels === undefined ? {} : { labels };
  return startImporter({ type: 'import', vaultDir, path, name, subject, kind, ...named }, onProgress);
}

/** Generates and imports the synthetic cohort in a child process. */
export function startSyntheticImport(vaultDir: string, onProgress?: ImportRequest['onProgress']): ImportProcess {
  return startImporter({ type: 'synthetic', vaultDir }, onProgress);
}

function startImporter(
  request: Exclude<ToImporter, { type: 'cancel' }>,
  onProgress: ImportRequest['onProgress'],
): ImportProcess {
  let settle!: { resolve(version: DatasetVersion): void; reject(error: AppError): void };
  const done = new Promise<DatasetVersion>((resolve, reject) => {
    settle = { resolve, reject };
  });
  let cancelled = false;
  let output = '';
  const child = startChild(entryUrl('datasets/import-child'), {
    name: 'Wardbook import',
    execArgv: [`--max-old-space-size=${HEAP_MIB}`, '--max-semi-space-size=8'],
    onMessage(message) {
      const parsed = fromImporter.parse(message);
      if (parsed.type === 'progress') onProgress?.(parsed.progress);
      else if (parsed.type === 'done') settle.resolve(parsed.version);
      else settle.reject(fromFailure(parsed.error));
    },
    onOutput(text) {
      output = (output + text).slice(-2000);
    },
    onExit({ code }) {
      // A killed child cannot tidy up after itself.
      if (code !== 0) removeAbandonedImports({ dir: request.vaultDir });
      settle.reject(endedEarly(cancelled, output));
    },
  });
  const send = (message: ToImporter): void => child.send(message);
  send(request);
  return {
    done,
    pid: child.pid,
    cancel() {
      cancelled = true;
      send({ type: 'cancel' });
    },
  };
}

/** Why a child that said nothing at its end is gone; without effect after `done` or `failed`. */
function endedEarly(cancelled: boolean, output: string): AppError {
  if (cancelled) return new AppError('IMPORT_CANCELLED', 'The import was cancelled. The vault is as it was.');
  if (/heap out of memory/i.test(output)) {
    return new AppError('OUT_OF_MEMORY', 'The import needed more memory than it may use. The vault is as it was.');
  }
  return new AppError(
    'INTERNAL',
    'The import ended unexpectedly. The vault is as it was.',
    'Try again; if it happens again, check the file.',
  );
}

import { basename } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { ImportSummary, RunImportProgress } from '../../../shared/model/run-import.ts';
import type { Host } from '../../host/host.ts';
import { type SourceProcess, startFind, startRunImport } from '../../importers/source-process.ts';
import { FileHandles } from '../file-handles.ts';
import type { MainCalls } from '../register.ts';

type ImportCalls = Pick<MainCalls, 'imports.pick' | 'imports.start' | 'imports.stop' | 'imports.progress'>;
type Running = { process: SourceProcess<ImportSummary>; progress: RunImportProgress | null };

/** Imports of runs from the window: the dialog is main's, the reading a child's, and the page holds a handle only. */
export function importCalls({ dialog, vaultDir }: { dialog: Host['dialog']; vaultDir: string }): {
  calls: ImportCalls;
  close(): Promise<void>;
} {
  const handles = new FileHandles();
  const running = new Map<string, Running>();

  const calls: ImportCalls = {
    async 'imports.pick'({ what }) {
      const chosen = await dialog.showOpenDialog({
        title: what === 'folder' ? 'Choose a folder with runs' : 'Choose a file with runs',
        buttonLabel: 'Choose',
        properties: [what === 'folder' ? 'openDirectory' : 'openFile'],
      });
      const [path] = chosen.filePaths;
      if (chosen.canceled || path === undefined) return null;
      return { handle: handles.add(path), name: basename(path), found: await startFind(path).done };
    },
    async 'imports.start'({ handle, format, study, watch }) {
      const path = handles.path(handle);
      if (running.has(handle)) {
        throw new AppError('BUSY', 'This folder is being imported already.', 'Wait, or stop it.');
      }
      const state: Running = {
        progress: null,
        process: startRunImport(vaultDir, {
          format,
          path,
          study,
          watch,
          onProgress(progress) {
            state.progress = progress;
          },
        }),
      };
      running.set(handle, state);
      try {
        return await state.process.done;
      } finally {
        running.delete(handle);
      }
    },
    'imports.stop'({ handle }) {
      running.get(handle)?.process.cancel();
      return null;
    },
    'imports.progress': ({ handle }) => ({ progress: running.get(handle)?.progress ?? null }),
  };

  return {
    calls,
    async close() {
      const ending = [...running.values()].map(({ process }) => {
        process.cancel();
        return process.done.catch(() => null);
      });
      await Promise.all(ending);
    },
  };
}

import { basename } from 'node:path';
import type { Watch } from '../../../shared/contract/imports.ts';
import { AppError, toFailure } from '../../../shared/errors.ts';
import type { ImportFormat, ImportSummary, RunImportProgress } from '../../../shared/model/run-import.ts';
import type { Host } from '../../host/host.ts';
import { type SourceProcess, startFind, startRunImport } from '../../importers/source-process.ts';
import { FileHandles } from '../file-handles.ts';
import type { MainCalls } from '../register.ts';

type ImportCalls = Pick<
  MainCalls,
  | 'imports.pick'
  | 'imports.stopLooking'
  | 'imports.start'
  | 'imports.stop'
  | 'imports.progress'
  | 'imports.watch'
  | 'imports.watches'
  | 'imports.unwatch'
>;
type Asked = { handle: string; format: ImportFormat; study: string | null };
type Running = { process: SourceProcess<ImportSummary>; progress: RunImportProgress | null };
type Watching = Running & Pick<Watch, 'name' | 'format' | 'failure'>;

/** Imports of runs from the window: the dialog is main's, the reading a child's, and the page holds a handle only. */
export function importCalls({ dialog, vaultDir }: { dialog: Host['dialog']; vaultDir: string }): {
  calls: ImportCalls;
  close(): Promise<void>;
} {
  const handles = new FileHandles();
  const running = new Map<string, Running>();
  const watching = new Map<string, Watching>();
  let looking: SourceProcess<unknown> | null = null;

  function start({ handle, format, study }: Asked, watch: boolean): Running {
    const path = handles.path(handle);
    if (running.has(handle) || watching.has(handle)) {
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
    return state;
  }

  const calls: ImportCalls = {
    async 'imports.pick'({ what }) {
      const chosen = await dialog.showOpenDialog({
        title: what === 'folder' ? 'Choose a folder with runs' : 'Choose a file with runs',
        buttonLabel: 'Choose',
        properties: [what === 'folder' ? 'openDirectory' : 'openFile'],
      });
      const [path] = chosen.filePaths;
      if (chosen.canceled || path === undefined) return null;
      const look = startFind(path);
      looking = look;
      try {
        return { handle: handles.add(path), name: basename(path), found: await look.done };
      } catch (error) {
        if (error instanceof AppError && error.code === 'IMPORT_CANCELLED') return null;
        throw error;
      } finally {
        looking = null;
      }
    },
    'imports.stopLooking'() {
      looking?.cancel();
      return null;
    },
    async 'imports.start'(asked) {
      const state = start(asked, false);
      running.set(asked.handle, state);
      try {
        return await state.process.done;
      } finally {
        running.delete(asked.handle);
      }
    },
    async 'imports.stop'({ handle }) {
      const state = running.get(handle);
      state?.process.cancel();
      await state?.process.done.catch(() => null);
      return { progress: state?.progress ?? null };
    },
    'imports.progress': ({ handle }) => ({ progress: running.get(handle)?.progress ?? null }),
    'imports.watch'(asked) {
      const name = basename(handles.path(asked.handle));
      const state: Watching = Object.assign(start(asked, true), { name, format: asked.format, failure: null });
      watching.set(asked.handle, state);
      state.process.done.catch((error: unknown) => {
        state.failure = toFailure(error);
      });
      return null;
    },
    'imports.watches': () =>
      [...watching].map(([handle, { name, format, progress, failure }]) => ({
        handle,
        name,
        format,
        progress,
        failure,
      })),
    async 'imports.unwatch'({ handle }) {
      const state = watching.get(handle);
      if (state === undefined) return null;
      state.process.cancel();
      const summary = await state.process.done.catch(() => null);
      watching.delete(handle);
      return summary;
    },
  };

  return {
    calls,
    async close() {
      looking?.cancel();
      const ending = [...running.values(), ...watching.values()].map(({ process }) => {
        process.cancel();
        return process.done.catch(() => null);
      });
      await Promise.all(ending);
    },
  };
}

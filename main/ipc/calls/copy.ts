import { basename } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { copyAudited, replayAudited, runsOfStudy } from '../../copy/audited.ts';
import { type CopyWatch, newWatch, readProgress, stopCopy } from '../../copy/watch.ts';
import type { CopyWish } from '../../copy/wish.ts';
import type { Host } from '../../host/host.ts';
import type { VaultClient } from '../../workers/client.ts';
import type { MainCalls } from '../register.ts';

export type CopyCallsOptions = { dialog: Host['dialog']; client: Pick<VaultClient, 'call'> };

/** Local copies: main opens the dialog, a reader writes the files; the page learns the name of the folder, not its place. */
export function copyCalls({
  dialog,
  client,
}: CopyCallsOptions): Pick<MainCalls, 'copy.runs' | 'copy.artifact' | 'copy.replay' | 'copy.progress' | 'copy.stop'> {
  const idsOf = (of: { ids: string[] } | { study: string }) => ('ids' in of ? of.ids : runsOfStudy(client, of.study));

  /** One copy at a time: two would only take the disk from each other. */
  let current: CopyWatch | null = null;
  async function watched<T>(work: (watch: CopyWatch) => Promise<T>): Promise<T> {
    if (current !== null) throw new AppError('BUSY', 'Another copy is under way.', 'Wait for its end, or cancel it.');
    const watch = newWatch();
    current = watch;
    try {
      return await work(watch);
    } finally {
      current = null;
    }
  }

  async function copy(wish: Omit<CopyWish, 'outDir'>): Promise<{ folder: string; files: number } | null> {
    const chosen = await dialog.showOpenDialog({
      title: 'Choose a folder of this machine for the copy',
      buttonLabel: 'Copy here',
      properties: ['openDirectory', 'createDirectory'],
    });
    const [outDir] = chosen.filePaths;
    if (chosen.canceled || outDir === undefined) return null;
    const { folder, files } = await watched((watch) => copyAudited(client, { ...wish, outDir, watch }));
    return { folder: basename(folder), files: files.length };
  }

  return {
    'copy.runs': async ({ of, format }) => copy({ ids: await idsOf(of), format, artifact: null }),
    'copy.artifact': ({ id, path }) => copy({ ids: [id], format: 'csv', artifact: path }),
    'copy.replay': async ({ of, port, token }) => {
      const ids = await idsOf(of);
      const url = `http://127.0.0.1:${port}`;
      return watched((watch) => replayAudited(client, { ids, url, token, watch }));
    },
    'copy.progress': () => (current === null ? null : readProgress(current)),
    'copy.stop'() {
      if (current !== null) stopCopy(current);
      return null;
    },
  };
}

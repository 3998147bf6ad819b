import { AppError } from '../../../shared/errors.ts';
import { type ImportProcess, startImport } from '../../datasets/import-process.ts';
import type { Host } from '../../host/host.ts';
import type { VaultClient } from '../../workers/client.ts';
import { FileHandles } from '../file-handles.ts';
import type { Publisher } from '../publish.ts';
import type { MainCalls } from '../register.ts';

export type DatasetCallsOptions = {
  dialog: Host['dialog'];
  client: Pick<VaultClient, 'call'>;
  vaultDir: string;
  publisher: Pick<Publisher, 'publish'>;
};

type DatasetCalls = Pick<
  MainCalls,
  'datasets.pick' | 'datasets.pickFolder' | 'datasets.import' | 'datasets.cancelImport' | 'datasets.synthetic'
>;

const tableFilters = [
  { name: 'Tables', extensions: ['csv', 'tsv', 'txt', 'tab'] },
  { name: 'All files', extensions: ['*'] },
];

/** Import from the window: the dialog is main's, the parsing a child's, and the page holds a handle only. */
export function datasetCalls({ dialog, client, vaultDir, publisher }: DatasetCallsOptions): DatasetCalls {
  const files = new FileHandles();
  /** Folders of images, with the labels table that was chosen for them. */
  const folders = new Map<string, string | undefined>();
  const running = new Map<string, ImportProcess>();

  async function importFile(handle: string, path: string, request: Parameters<DatasetCalls['datasets.import']>[0]) {
    if (running.has(handle)) throw new AppError('BUSY', 'This file is being imported already.', 'Wait, or cancel it.');
    const process = startImport(vaultDir, {
      path,
      kind: folders.has(handle) ? 'images' : 'table',
      labels: folders.get(handle),
      name: request.name,
      subject: request.subject,
      onProgress: (progress) => publisher.publish('import.progress', { handle, ...progress }),
    });
    running.set(handle, process);
    try {
      return await process.done;
    } finally {
      running.delete(handle);
    }
  }

  async function chooseLabels(): Promise<string | null> {
    const chosen = await dialog.showOpenDialog({
      title: 'Choose the labels table of these images',
      buttonLabel: 'Choose',
      properties: ['openFile'],
      filters: tableFilters,
    });
    return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
  }

  return {
    async 'datasets.pick'() {
      const chosen = await dialog.showOpenDialog({
        title: 'Choose a table to import',
        buttonLabel: 'Choose',
        properties: ['openFile'],
        filters: tableFilters,
      });
      const [path] = chosen.filePaths;
      if (chosen.canceled || path === undefined) return null;
      return client.call('internal.previewTable', { path, handle: files.add(path) });
    },
    async 'datasets.pickFolder'({ labels }) {
      const chosen = await dialog.showOpenDialog({
        title: 'Choose a folder of images to import',
        buttonLabel: 'Choose',
        properties: ['openDirectory'],
      });
      const [path] = chosen.filePaths;
      if (chosen.canceled || path === undefined) return null;
      const table = labels ? await chooseLabels() : undefined;
      if (table === null) return null;
      const handle = files.add(path);
      folders.set(handle, table);
      return client.call('internal.previewFolder', { path, handle, labels: table });
    },
    'datasets.import': (request) => importFile(request.handle, files.path(request.handle), request),
    'datasets.cancelImport'({ handle }) {
      running.get(handle)?.cancel();
      return null;
    },
    'datasets.synthetic': () => client.call('internal.importSynthetic', {}),
  };
}

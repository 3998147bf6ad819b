import type { Host } from '../../host/host.ts';
import type { VaultClient } from '../../workers/client.ts';
import type { MainCalls } from '../register.ts';

export type ExportCallsOptions = { dialog: Host['dialog']; client: Pick<VaultClient, 'call'> };

/** The second deliberate act of an export, and the check of a report: main opens the dialogs, the store does the rest. */
export function exportCalls({
  dialog,
  client,
}: ExportCallsOptions): Pick<MainCalls, 'exports.accept' | 'exports.verify'> {
  return {
    async 'exports.accept'({ digest }) {
      const chosen = await dialog.showOpenDialog({
        title: 'Choose a folder for the report',
        buttonLabel: 'Save here',
        properties: ['openDirectory', 'createDirectory'],
      });
      const [outDir] = chosen.filePaths;
      if (chosen.canceled || outDir === undefined) return null;
      return client.call('internal.acceptDraft', { digest, outDir, unattended: false });
    },
    async 'exports.verify'() {
      const chosen = await dialog.showOpenDialog({
        title: 'Choose a report to check',
        buttonLabel: 'Check',
        properties: ['openFile'],
        filters: [
          { name: 'Reports', extensions: ['json', 'html'] },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      const [path] = chosen.filePaths;
      return chosen.canceled || path === undefined ? null : client.call('internal.verifyReport', { path });
    },
  };
}

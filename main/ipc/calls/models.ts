import { join } from 'node:path';
import type { Host } from '../../host/host.ts';
import { cardFileName } from '../../registry/save-card.ts';
import type { VaultClient } from '../../workers/client.ts';
import type { MainCalls } from '../register.ts';

export type ModelCallsOptions = { dialog: Host['dialog']; client: Pick<VaultClient, 'call'> };

/** Saves a model card where a person says; the page never learns the folder. */
export function modelCalls({ dialog, client }: ModelCallsOptions): Pick<MainCalls, 'models.saveCard'> {
  return {
    async 'models.saveCard'({ name, version }) {
      const chosen = await dialog.showOpenDialog({
        title: 'Choose a folder of this machine for the card',
        buttonLabel: 'Save here',
        properties: ['openDirectory', 'createDirectory'],
      });
      const [folder] = chosen.filePaths;
      if (chosen.canceled || folder === undefined) return null;
      const target = join(folder, cardFileName(name, version));
      return client.call('internal.saveModelCard', { name, version, target });
    },
  };
}

import { toFailure } from '../../shared/errors.ts';
import { connectToParent } from '../platform/parent.ts';
import { openVault } from '../store/open-vault.ts';
import { type FromImporter, toImporter } from './import-messages.ts';
import { importTable } from './import-table.ts';

/** Entry of the importing child: parses an untrusted file away from the window, as one more writer of the vault (PRIVACY E21). */
const parent = connectToParent();
const cancelled = new AbortController();
const tell = (message: FromImporter): void => parent.send(message);

parent.onMessage((message) => {
  const request = toImporter.parse(message);
  if (request.type === 'cancel') cancelled.abort();
  else void run(request).then(() => parent.exit(0));
});

async function run(request: Extract<ReturnType<typeof toImporter.parse>, { type: 'import' }>): Promise<void> {
  try {
    const vault = openVault(request.vaultDir, { purpose: 'import' });
    try {
      let toldAt = 0;
      const version = await importTable(vault, {
        path: request.path,
        name: request.name,
        subject: request.subject,
        signal: cancelled.signal,
        onProgress: (progress) => {
          const now = performance.now();
          if (now - toldAt < 100 && progress.bytesDone < progress.bytesTotal) return;
          toldAt = now;
          tell({ type: 'progress', progress });
        },
      });
      tell({ type: 'done', version });
    } finally {
      vault.close();
    }
  } catch (error) {
    tell({ type: 'failed', error: toFailure(error) });
  }
}

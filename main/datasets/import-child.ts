import { toFailure } from '../../shared/errors.ts';
import { connectToParent } from '../platform/parent.ts';
import { openVault } from '../store/open-vault.ts';
import { importAny } from './import-any.ts';
import { type FromImporter, type ToImporter, toImporter } from './import-messages.ts';
import type { ImportProgress } from './import-progress.ts';
import { importSynthetic } from './synthetic.ts';

/** Entry of the importing child: parses an untrusted file away from the window, as one more writer of the vault (PRIVACY E21). */
const parent = connectToParent();
const cancelled = new AbortController();
const tell = (message: FromImporter): void => parent.send(message);

parent.onMessage((message) => {
  const request = toImporter.parse(message);
  if (request.type === 'cancel') cancelled.abort();
  else void run(request).then(() => parent.exit(0));
});

async function run(request: Exclude<ToImporter, { type: 'cancel' }>): Promise<void> {
  try {
    const vault = openVault(request.vaultDir, { purpose: 'import' });
    try {
      const watched = { signal: cancelled.signal, onProgress: throttled() };
      const version =
        request.type === 'synthetic'
          ? await importSynthetic(vault, watched)
          : await importAny(vault, { ...wanted(request), ...watched });
      tell({ type: 'done', version });
    } finally {
      vault.close();
    }
  } catch (error) {
    tell({ type: 'failed', error: toFailure(error) });
  }
}

function wanted({ path, name, subject, kind, labels }: Extract<ToImporter, { type: 'import' }>) {
  return { path, name, subject, kind, ...(labels === undefined ? {} : { labels }) };
}

/** At most ten messages a second, and the last one. */
function throttled(): (progress: ImportProgress) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = performance.now();
    if (now - toldAt < 100 && progress.bytesDone < progress.bytesTotal) return;
    toldAt = now;
    tell({ type: 'progress', progress });
  };
}

import { toFailure } from '../../shared/errors.ts';
import type { RunImportProgress } from '../../shared/model/run-import.ts';
import { connectToParent } from '../platform/parent.ts';
import { openVault } from '../store/open-vault.ts';
import { findRuns } from './find-runs.ts';
import { importRuns } from './import-runs.ts';
import { type FromSourceChild, type SourceTask, toSourceChild } from './source-messages.ts';
import { watchRuns } from './watch-runs.ts';

/** Entry of the child that reads what other programs wrote, away from the window, as one more writer of the vault (PRIVACY E21). */
const parent = connectToParent();
const cancelled = new AbortController();
const tell = (message: FromSourceChild): void => parent.send(message);

parent.onMessage((message) => {
  const task = toSourceChild.parse(message);
  if (task.type === 'cancel') cancelled.abort();
  else void run(task).then(() => parent.exit(0));
});

async function run(task: SourceTask): Promise<void> {
  const { signal } = cancelled;
  const progress = throttled();
  try {
    if (task.type === 'find') {
      tell({ type: 'found', found: await findRuns(task.path, task.formats, signal) });
      return;
    }
    const vault = openVault(task.vaultDir, { purpose: 'import' });
    try {
      const { format, path, study, watch } = task;
      tell({
        type: 'done',
        summary: await (watch ? watchRuns : importRuns)(vault, {
          format,
          path,
          study,
          signal,
          onProgress: progress.tell,
        }),
      });
    } finally {
      vault.close();
    }
  } catch (error) {
    if (process.env.WARDBOOK_DEBUG === '1') process.stderr.write(`${String((error as Error).stack)}\n`);
    progress.flush();
    tell({ type: 'failed', error: toFailure(error) });
  }
}

/** At most ten messages a second, and the last one; `flush` when it ends before that. */
function throttled(): { tell(progress: RunImportProgress): void; flush(): void } {
  let toldAt = Number.NEGATIVE_INFINITY;
  let held: RunImportProgress | null = null;
  const flush = (): void => {
    if (held !== null) tell({ type: 'progress', progress: held });
    held = null;
  };
  return {
    flush,
    tell(progress) {
      held = progress;
      const now = performance.now();
      if (now - toldAt < 100 && progress.runsDone < progress.runsTotal) return;
      toldAt = now;
      flush();
    },
  };
}

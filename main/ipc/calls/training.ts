import { AppError } from '../../../shared/errors.ts';
import type { Host } from '../../host/host.ts';
import { requestStop } from '../../store/stop-request.ts';
import { addModelFolder } from '../../training/add-model-folder.ts';
import { recipeDeclarations } from '../../training/recipes/declarations.ts';
import type { Supervisor } from '../../training/supervisor.ts';
import type { VaultClient } from '../../workers/client.ts';
import type { MainCalls } from '../register.ts';

type TrainingCalls = Pick<
  MainCalls,
  | 'training.recipes'
  | 'training.addModel'
  | 'training.start'
  | 'training.resume'
  | 'training.evaluate'
  | 'training.rerun'
  | 'training.stop'
>;

export type TrainingCallsOptions = {
  supervisor: Supervisor;
  dialog: Host['dialog'];
  client: Pick<VaultClient, 'call'>;
  vaultDir: string;
};

/** Runs that begin, go on and end, and model folders that a person chooses; the page never learns where those lie. */
export function trainingCalls({ supervisor, dialog, client, vaultDir }: TrainingCallsOptions): TrainingCalls {
  return {
    'training.recipes': () => recipeDeclarations,
    async 'training.addModel'() {
      const chosen = await dialog.showOpenDialog({
        title: 'Choose a model folder to start from',
        buttonLabel: 'Choose',
        properties: ['openDirectory'],
      });
      const [folder] = chosen.filePaths;
      if (chosen.canceled || folder === undefined) return null;
      return addModelFolder(vaultDir, folder);
    },
    'training.start': (spec) => supervisor.start(spec),
    'training.resume': ({ id }) => supervisor.resume(id),
    'training.evaluate': (wish) => supervisor.evaluate(wish),
    'training.rerun': (wish) => supervisor.rerun(wish),
    async 'training.stop'({ id }) {
      if (supervisor.list().some((job) => job.id === id)) {
        await supervisor.stop(id);
        return null;
      }
      // A command has a process of its own, and another Wardbook may train it: both look for the request.
      const { status } = await client.call('runs.show', { id });
      if (status !== 'running' && status !== 'queued') {
        throw new AppError('RUN_NOT_RUNNING', 'That run has ended; there is nothing to stop.');
      }
      requestStop(vaultDir, id);
      return null;
    },
  };
}

import { AppError } from '../../../shared/errors.ts';
import { requestStop } from '../../store/stop-request.ts';
import { recipeDeclarations } from '../../training/recipes/declarations.ts';
import type { Supervisor } from '../../training/supervisor.ts';
import type { VaultClient } from '../../workers/client.ts';
import type { MainCalls } from '../register.ts';

type TrainingCalls = Pick<
  MainCalls,
  'training.recipes' | 'training.start' | 'training.resume' | 'training.evaluate' | 'training.rerun' | 'training.stop'
>;

export function trainingCalls(
  supervisor: Supervisor,
  client: Pick<VaultClient, 'call'>,
  vaultDir: string,
): TrainingCalls {
  return {
    'training.recipes': () => recipeDeclarations,
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

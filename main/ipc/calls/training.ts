import { recipeDeclarations } from '../../training/recipes/declarations.ts';
import type { Supervisor } from '../../training/supervisor.ts';
import type { MainCalls } from '../register.ts';

type TrainingCalls = Pick<
  MainCalls,
  'training.recipes' | 'training.start' | 'training.resume' | 'training.evaluate' | 'training.rerun' | 'training.stop'
>;

export function trainingCalls(supervisor: Supervisor): TrainingCalls {
  return {
    'training.recipes': () => recipeDeclarations,
    'training.start': (spec) => supervisor.start(spec),
    'training.resume': ({ id }) => supervisor.resume(id),
    'training.evaluate': (wish) => supervisor.evaluate(wish),
    'training.rerun': (wish) => supervisor.rerun(wish),
    async 'training.stop'({ id }) {
      await supervisor.stop(id);
      return null;
    },
  };
}

import { AppError } from '../../../shared/errors.ts';
import type { EngineId } from '../../../shared/model/run.ts';
import type { RecipeDeclaration } from '../../../shared/model/train-spec.ts';
import { engineOf } from './all-engines.ts';
import type { EngineFacts } from './engine.ts';

export type ChosenEngine = {
  engine: EngineId;
  device: string;
  reason: string;
  gpu: string | null;
  driver: string | null;
  memoryMiB: number | null;
  packages: Record<string, string>;
};

/**
 * The engine of a run: the one asked for (ENGINE_UNAVAILABLE when it cannot be had or the recipe has no code for it), or the
 * first in the recipe's order that is there. The reason names those passed over and why. Looking at an engine may take a
 * second, so one that is ruled out without a look is not looked at.
 */
export async function chooseEngine(recipe: RecipeDeclaration, asked: EngineId | null): Promise<ChosenEngine> {
  if (asked !== null) return chosen(await askedFor(recipe, asked), 'asked for');
  const passed: { id: EngineId; why: string }[] = [];
  for (const id of recipe.engines) {
    const engine = engineOf(id);
    const ruledOut = engine.ruledOut();
    if (ruledOut !== null) {
      passed.push({ id, why: ruledOut });
      continue;
    }
    const facts = await engine.look();
    if (facts.available && !facts.onlyWhenAsked) return chosen(facts, whyChosen(recipe, passed));
    passed.push({ id, why: facts.reason });
  }
  throw new AppError('ENGINE_UNAVAILABLE', `No engine of ${recipe.id} can be used here: ${inWords(passed)}.`);
}

async function askedFor(recipe: RecipeDeclaration, asked: EngineId): Promise<EngineFacts> {
  if (!recipe.engines.includes(asked)) {
    throw new AppError(
      'ENGINE_UNAVAILABLE',
      `${recipe.id} does not run on ${asked}; it runs on ${recipe.engines.join(', ')}.`,
    );
  }
  const facts = await engineOf(asked).look();
  if (facts.available) return facts;
  throw new AppError('ENGINE_UNAVAILABLE', `The engine ${asked} is not available: ${facts.reason}.`);
}

function whyChosen(recipe: RecipeDeclaration, passed: { id: EngineId; why: string }[]): string {
  if (recipe.engines.length === 1) return `${recipe.id} runs on ${recipe.engines[0]} only`;
  if (passed.length === 0) return `the first choice of ${recipe.id}`;
  return `not used: ${inWords(passed)}`;
}

/** `tensorflow-gpu and tensorflow (not added); webgpu (this machine has no GPU device)`. */
function inWords(passed: { id: EngineId; why: string }[]): string {
  const byReason = Map.groupBy(passed, ({ why }) => why);
  return [...byReason].map(([why, engines]) => `${engines.map(({ id }) => id).join(' and ')} (${why})`).join('; ');
}

function chosen({ id, device, gpu, driver, memoryMiB, packages }: EngineFacts, reason: string): ChosenEngine {
  return { engine: id, device: device!, reason, gpu, driver, memoryMiB, packages };
}

import type { ParamDeclaration, RecipeDeclaration } from '../../shared/model/train-spec.ts';
import type { RegisterCommand } from './command.ts';

export const recipesCommand: RegisterCommand = (program, run) => {
  const command = program.command('recipes').description('the recipes with their params, defaults and ranges');
  command.action(() =>
    run(command, async (context) => {
      const { recipeDeclarations } = await import('../training/recipes/declarations.ts');
      const recipes = recipeDeclarations.map((recipe) => ({ ...recipe, task: recipe.tasks }));
      context.print(recipes, () => recipeDeclarations.map(describe).join('\n\n'));
    }),
  );
};

function describe(recipe: RecipeDeclaration): string {
  const head = `${recipe.id} ${recipe.version}: ${recipe.summary} (${recipe.tasks.join(', ')}; ${recipe.engines.join(', ')})`;
  return [
    head,
    ...recipe.params.map((param) => `  ${param.name.padEnd(18)} ${range(param)}\n${' '.repeat(21)}${param.help}`),
  ].join('\n');
}

function range({ type, default: value, min, max, choices }: ParamDeclaration): string {
  const limits = choices ? choices.join(' | ') : min === null && max === null ? '' : `${min ?? ''} to ${max ?? ''}`;
  return [type, limits, `default ${JSON.stringify(value)}`].filter((part) => part !== '').join(', ');
}

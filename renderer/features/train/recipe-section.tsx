import type { Task } from '../../../shared/model/run.ts';
import type { RecipeDeclaration } from '../../../shared/model/train-spec.ts';
import { TextInput } from '../../ui/field.tsx';
import { type TrainForm, withRecipe } from './form-state.ts';
import { ParamField } from './param-field.tsx';
import { FormLine } from './row.tsx';
import { isOwnParam } from './sections.ts';
import { unfit } from './targets.ts';
import { problemsOf, shownParams } from './to-spec.ts';

type Props = {
  /** Those for the dataset's kind. */
  recipes: readonly RecipeDeclaration[];
  recipe: RecipeDeclaration;
  task: Task | null;
  form: TrainForm;
  onChange: (form: TrainForm) => void;
  /** Between the choice and its params: what this recipe needs besides. */
  children?: React.ReactNode;
};

/** Which recipe, and the form that its declared params draw. A recipe that does not fit the target says why. */
export function RecipeSection({ recipes, recipe, task, form, onChange, children }: Props) {
  const set = (name: string, text: string) => onChange({ ...form, params: { ...form.params, [name]: text } });
  const params = shownParams(recipe, task, form).filter(isOwnParam);
  const seedProblem = problemsOf(form, recipe.input).seed;
  return (
    <section aria-label="Recipe">
      <h2>Recipe</h2>
      <div className="recipes" role="radiogroup" aria-label="Recipe">
        {recipes.map((item) => {
          const why = unfit(item, task);
          return (
            // biome-ignore lint/a11y/useSemanticElements: a card that is one choice of several
            <button
              key={item.id}
              type="button"
              role="radio"
              className="recipe"
              aria-checked={item.id === recipe.id}
              disabled={why !== null}
              onClick={() => onChange(withRecipe(form, item))}
            >
              <b>{item.label}</b>
              <span>{why ?? item.summary}</span>
            </button>
          );
        })}
      </div>
      {children}
      <div className="params">
        {params
          .filter((param) => param.type !== 'boolean')
          .map((param) => (
            <ParamField
              key={`${recipe.id} ${param.name}`}
              param={param}
              text={form.params[param.name] ?? ''}
              onChange={(text) => set(param.name, text)}
            />
          ))}
        <FormLine label="Seed" problem={seedProblem}>
          {(id) => (
            <TextInput
              id={id}
              inputMode="numeric"
              value={form.seed}
              invalid={seedProblem !== undefined}
              onChange={(event) => onChange({ ...form, seed: event.target.value })}
            />
          )}
        </FormLine>
        {params
          .filter((param) => param.type === 'boolean')
          .map((param) => (
            <ParamField
              key={`${recipe.id} ${param.name}`}
              param={param}
              text={form.params[param.name] ?? ''}
              onChange={(text) => set(param.name, text)}
            />
          ))}
      </div>
    </section>
  );
}

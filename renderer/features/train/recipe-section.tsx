import { useState } from 'react';
import { isApplicable } from '../../../shared/model/applicable-params.ts';
import type { Task } from '../../../shared/model/run.ts';
import type { ParamDeclaration, RecipeDeclaration } from '../../../shared/model/train-spec.ts';
import { LabelledCheckbox } from '../../ui/choice.tsx';
import { TextInput } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { defaultParams, paramProblem, problemsOf, type TrainForm } from './form-state.ts';
import { FormLine } from './row.tsx';

type Props = {
  recipes: readonly RecipeDeclaration[];
  recipe: RecipeDeclaration;
  form: TrainForm;
  /** What the target makes it, once the data were looked at. */
  task: Task | null;
  onChange: (change: Partial<TrainForm>) => void;
};

/** Which recipe, and the form that its declared params draw. */
export function RecipeSection({ recipes, recipe, form, task, onChange }: Props) {
  const [explained, setExplained] = useState<ParamDeclaration | null>(null);
  const set = (name: string, text: string) => onChange({ params: { ...form.params, [name]: text } });
  return (
    <section aria-label="Recipe">
      <h2>Recipe</h2>
      <div className="recipes" role="radiogroup" aria-label="Recipe">
        {recipes.map((item) => (
          // biome-ignore lint/a11y/useSemanticElements: a card that is one choice of several
          <button
            key={item.id}
            type="button"
            role="radio"
            className="recipe"
            aria-checked={item.id === recipe.id}
            onClick={() =>
              item.id !== recipe.id && onChange({ recipe: item.id, params: defaultParams(item), engine: null })
            }
          >
            <b>{item.label}</b>
            <span>{item.summary}</span>
          </button>
        ))}
      </div>
      <div className="params" onFocusCapture={(event) => setExplained(paramAt(recipe, event.target))}>
        {recipe.params
          .filter((param) => isApplicable(param, task, form.params))
          .map((param) => (
            <Param
              key={`${recipe.id} ${param.name}`}
              param={param}
              text={form.params[param.name] ?? ''}
              onChange={(text) => set(param.name, text)}
            />
          ))}
        <FormLine label="Seed" problem={problemsOf(form).seed}>
          {(id) => (
            <TextInput
              id={id}
              inputMode="numeric"
              value={form.seed}
              invalid={problemsOf(form).seed !== undefined}
              onChange={(event) => onChange({ seed: event.target.value })}
            />
          )}
        </FormLine>
      </div>
      <p className="param-help" aria-live="polite">
        {explained?.help}
      </p>
    </section>
  );
}

function paramAt(recipe: RecipeDeclaration, element: Element): ParamDeclaration | null {
  const name = element.closest('[data-param]')?.getAttribute('data-param');
  return recipe.params.find((param) => param.name === name) ?? null;
}

function Param({ param, text, onChange }: { param: ParamDeclaration; text: string; onChange: (text: string) => void }) {
  const problem = paramProblem(param, text);
  if (param.type === 'boolean') {
    return (
      <div className="train-row wide" data-param={param.name}>
        <LabelledCheckbox checked={text === 'true'} onChange={(checked) => onChange(String(checked))}>
          {param.label}
          {text === 'true' && <span className="t3 small"> {param.help}</span>}
        </LabelledCheckbox>
      </div>
    );
  }
  return (
    <div data-param={param.name}>
      <FormLine label={param.label} problem={problem}>
        {(id) =>
          param.type === 'choice' ? (
            <Select
              id={id}
              value={text}
              onChange={onChange}
              options={(param.choices ?? []).map((choice) => ({ value: choice, label: choice }))}
            />
          ) : (
            <TextInput
              id={id}
              value={text}
              invalid={problem !== null}
              onChange={(event) => onChange(event.target.value)}
            />
          )
        }
      </FormLine>
    </div>
  );
}

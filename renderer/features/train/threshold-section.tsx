import { percent } from '../../../shared/format.ts';
import type { Task } from '../../../shared/model/run.ts';
import type { ParamDeclaration, RecipeDeclaration } from '../../../shared/model/train-spec.ts';
import { Fold } from './fold.tsx';
import type { TrainForm } from './form-state.ts';
import { ParamField } from './param-field.tsx';
import { isAboutClasses } from './sections.ts';
import { shownParams } from './to-spec.ts';

type Props = {
  recipe: RecipeDeclaration;
  task: Task | null;
  form: TrainForm;
  onChange: (form: TrainForm) => void;
};

/** How rare classes are dealt with, in the loss and by the threshold. Nothing where a number is predicted. */
export function ThresholdSection({ recipe, task, form, onChange }: Props) {
  const params = shownParams(recipe, task, form).filter(isAboutClasses);
  if (params.length === 0) return null;
  return (
    <Fold title="Rare classes and threshold" summary={inWords(params, form)}>
      <div className="params one">
        {params.map((param) => (
          <ParamField
            key={param.name}
            param={param}
            text={form.params[param.name] ?? ''}
            onChange={(text) => onChange({ ...form, params: { ...form.params, [param.name]: text } })}
          />
        ))}
      </div>
    </Fold>
  );
}

/** What is set, in a line: `every row counts the same; Youden index`. */
function inWords(params: readonly ParamDeclaration[], { params: texts }: TrainForm): string {
  const has = (name: string) => params.some((param) => param.name === name);
  const parts: string[] = [];
  if (has('imbalance')) {
    const weighed = { weights: 'rare classes weigh more', focal: 'focal loss' }[texts.imbalance ?? ''];
    parts.push(weighed ?? 'every row counts the same');
  }
  if (has('threshold')) {
    const target = Number((texts.sensitivity_target ?? '').replace(',', '.'));
    parts.push(
      texts.threshold === 'sensitivity' && Number.isFinite(target)
        ? `sensitivity of at least ${percent(target)}`
        : 'Youden index',
    );
  }
  return parts.join('; ');
}

import { plural } from '../../../shared/format.ts';
import type { RecipeDeclaration } from '../../../shared/model/train-spec.ts';
import { LabelledCheckbox } from '../../ui/choice.tsx';
import { TextInput } from '../../ui/field.tsx';
import { Fold } from './fold.tsx';
import { paramProblem, type TrainForm } from './form-state.ts';
import { ParamField } from './param-field.tsx';
import { FormLine } from './row.tsx';
import { isAboutCost } from './sections.ts';
import { problemsOf } from './to-spec.ts';

type Props = { recipe: RecipeDeclaration; form: TrainForm; onChange: (form: TrainForm) => void };

/** Whether the run repeats exactly, what it may use, and how often it is kept on the way. */
export function ResourcesSection({ recipe, form, onChange }: Props) {
  const problems = problemsOf(form, recipe.input);
  const params = recipe.params.filter(isAboutCost);
  const trains = recipe.params.some(({ name }) => ['epochs', 'trees', 'iterations', 'rounds'].includes(name));
  const batched = recipe.params.some(({ name }) => name === 'batch_size');
  const step = recipe.params.some(({ name }) => name === 'epochs') ? 'epoch' : 'tree';
  const wrong =
    problems.cores !== undefined ||
    problems.checkpointEvery !== undefined ||
    params.some((param) => paramProblem(param, form.params[param.name] ?? '') !== null);
  const summary = [
    form.deterministic ? 'deterministic' : 'not deterministic',
    form.cores.trim() === '' ? 'cores chosen by the recipe' : plural(Number(form.cores) || 0, 'core'),
  ].join('; ');
  return (
    <Fold title="Reproducibility and resources" summary={summary} open={wrong}>
      <div className="params one">
        <div className="train-row wide">
          <LabelledCheckbox checked={form.deterministic} onChange={(on) => onChange({ ...form, deterministic: on })}>
            Deterministic
          </LabelledCheckbox>
          <div className="hint">
            Only operations that repeat exactly, where the engine has them. Where it has none the run carries a badge.
          </div>
        </div>
        <FormLine label="Cores" problem={problems.cores} hint="Threads it may use. A run waits until they are free.">
          {(id) => (
            <TextInput
              id={id}
              inputMode="numeric"
              placeholder="chosen by the recipe"
              value={form.cores}
              invalid={problems.cores !== undefined}
              onChange={(event) => onChange({ ...form, cores: event.target.value })}
            />
          )}
        </FormLine>
        {trains && (
          <FormLine
            label="Checkpoint"
            problem={problems.checkpointEvery}
            hint={`After every so many ${step}s. A run that was cut short goes on from the last one.`}
          >
            {(id) => (
              <TextInput
                id={id}
                inputMode="numeric"
                value={form.checkpointEvery}
                invalid={problems.checkpointEvery !== undefined}
                onChange={(event) => onChange({ ...form, checkpointEvery: event.target.value })}
              />
            )}
          </FormLine>
        )}
        {batched && (
          <div className="train-row wide">
            <LabelledCheckbox
              checked={form.allowSmallerBatch}
              onChange={(on) => onChange({ ...form, allowSmallerBatch: on })}
            >
              Allow a smaller batch
            </LabelledCheckbox>
            <div className="hint">When memory runs out: halve the batch and go on, instead of failing.</div>
          </div>
        )}
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

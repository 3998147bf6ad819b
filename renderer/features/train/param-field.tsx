import type { ParamDeclaration } from '../../../shared/model/train-spec.ts';
import { LabelledCheckbox } from '../../ui/choice.tsx';
import { TextInput } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { paramProblem } from './form-state.ts';
import { FormLine } from './row.tsx';

type Props = { param: ParamDeclaration; text: string; onChange: (text: string) => void };

/** One declared param as the control that its type asks for. */
export function ParamField({ param, text, onChange }: Props) {
  const problem = paramProblem(param, text);
  if (param.type === 'boolean') {
    return (
      <div className="train-row wide" data-param={param.name} title={param.help}>
        <LabelledCheckbox checked={text === 'true'} onChange={(checked) => onChange(String(checked))}>
          {param.label}
        </LabelledCheckbox>
      </div>
    );
  }
  return (
    <div className={param.type === 'choice' ? 'param-whole' : undefined} data-param={param.name} title={param.help}>
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

/** The param whose field holds an element. */
export function paramAt(params: readonly ParamDeclaration[], element: Element): ParamDeclaration | null {
  const name = element.closest('[data-param]')?.getAttribute('data-param');
  return params.find((param) => param.name === name) ?? null;
}

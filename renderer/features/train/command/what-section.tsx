import { plain } from '../../../../shared/format.ts';
import type { ProjectParam } from '../../../../shared/model/project.ts';
import { splitCommand } from '../../../../shared/model/split-command.ts';
import { LabelledCheckbox } from '../../../ui/choice.tsx';
import { TextInput } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { FormLine } from '../row.tsx';
import { type CommandForm, entryOf, problemOf, withEntry } from './form.ts';

type Props = { form: CommandForm; onChange: (change: Partial<CommandForm>) => void };

const OTHER = ' another command';

/** What runs: an entry of the project with the form of its params, or a command that is typed. */
export function WhatSection({ form, onChange }: Props) {
  const entries = form.folder?.entries ?? null;
  const entry = entryOf(form);
  const unclosed = splitCommand(form.line) === null ? 'A quote is not closed.' : null;
  return (
    <section aria-label="Command">
      <h2>Command</h2>
      {entries && (
        <FormLine label="Entry" hint={entry?.help}>
          {(id) => (
            <Select
              id={id}
              value={form.entry ?? OTHER}
              options={[
                ...Object.keys(entries).map((name) => ({ value: name, label: name })),
                { value: OTHER, label: 'Another command' },
              ]}
              onChange={(name) => onChange(withEntry(form, name === OTHER ? null : name))}
            />
          )}
        </FormLine>
      )}
      {entry === null ? (
        <FormLine label="Command" problem={unclosed} hint="As in a terminal, without variables, patterns and pipes.">
          {(id) => (
            <TextInput
              id={id}
              mono
              placeholder="python train.py --epochs 20"
              value={form.line}
              invalid={unclosed !== null}
              onChange={(event) => onChange({ line: event.target.value })}
            />
          )}
        </FormLine>
      ) : (
        Object.entries(entry.params).map(([name, param]) => (
          <EntryParam
            key={`${form.entry} ${name}`}
            name={name}
            param={param}
            text={form.values[name] ?? ''}
            problem={problemOf(form, entry, name)}
            onChange={(text) => onChange({ values: { ...form.values, [name]: text } })}
          />
        ))
      )}
    </section>
  );
}

type ParamProps = {
  name: string;
  param: ProjectParam;
  text: string;
  problem: string | null;
  onChange: (text: string) => void;
};

function EntryParam({ name, param, text, problem, onChange }: ParamProps) {
  if (param.type === 'boolean') {
    return (
      <div className="train-row wide">
        <LabelledCheckbox checked={text === 'true'} onChange={(checked) => onChange(String(checked))}>
          {name}
        </LabelledCheckbox>
        {param.help && <div className="hint">{param.help}</div>}
      </div>
    );
  }
  return (
    <FormLine label={name} problem={problem && `This ${problem}.`} hint={hintOf(param)}>
      {(id) =>
        param.type === 'choice' ? (
          <Select
            id={id}
            value={text}
            options={param.choices.map((choice) => ({ value: choice, label: choice }))}
            onChange={onChange}
          />
        ) : (
          <TextInput
            id={id}
            value={text}
            inputMode={param.type === 'integer' ? 'numeric' : param.type === 'number' ? 'decimal' : undefined}
            invalid={problem !== null}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </FormLine>
  );
}

/** Its help, and the range it takes: "Passes over the data; from 1 to 10". */
function hintOf(param: ProjectParam): string | undefined {
  if (param.type !== 'integer' && param.type !== 'number') return param.help;
  const { min, max } = param;
  const range =
    min !== undefined && max !== undefined
      ? `from ${plain(min)} to ${plain(max)}`
      : min !== undefined
        ? `at least ${plain(min)}`
        : max !== undefined
          ? `at most ${plain(max)}`
          : null;
  if (range === null) return param.help;
  return param.help === undefined ? `${range[0]!.toUpperCase()}${range.slice(1)}` : `${param.help}; ${range}`;
}

import { useEffect, useId, useState } from 'react';
import type { Settings } from '../../../shared/contract/settings.ts';
import { TextInput } from '../../ui/field.tsx';
import { Row, Section } from './parts.tsx';

type Props = { value: Settings; onChange: (change: Partial<Settings>) => void };

/** What all runs that train may use together; a run waits until there is room for it. */
export function TrainingLimits({ value, onChange }: Props) {
  return (
    <Section title="Training" about="What all runs that train may use together. Further ones wait until there is room.">
      <Limit
        name="Cores"
        placeholder="all"
        least={1}
        most={1_024}
        hint="Threads. Leave some to whatever else this computer does."
        value={value.trainingCores}
        onSave={(trainingCores) => onChange({ trainingCores })}
      />
      <Limit
        name="GPU memory, MiB"
        placeholder="nine tenths of the card"
        least={64}
        most={10_000_000}
        hint="Of the graphics card that trains."
        value={value.trainingGpuMemoryMiB}
        onSave={(trainingGpuMemoryMiB) => onChange({ trainingGpuMemoryMiB })}
      />
    </Section>
  );
}

function Limit({
  name,
  placeholder,
  least,
  most,
  hint,
  value,
  onSave,
}: {
  name: string;
  placeholder: string;
  least: number;
  most: number;
  hint: string;
  value: number | null;
  onSave: (value: number | null) => void;
}) {
  const id = useId();
  const shown = value === null ? '' : String(value);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const asked = text.trim() === '' ? null : Number(text);
  const valid = asked === null || (Number.isInteger(asked) && asked >= least && asked <= most);
  const save = () => {
    if (valid && asked !== value) onSave(asked);
  };
  return (
    <Row name={name} htmlFor={id} bad={!valid} hint={valid ? hint : `A whole number from ${least}, or empty.`}>
      <TextInput
        id={id}
        inputMode="numeric"
        placeholder={placeholder}
        value={text}
        invalid={!valid}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
          if (event.key === 'Escape') setText(shown);
        }}
      />
    </Row>
  );
}

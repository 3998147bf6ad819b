import { useEffect, useId, useState } from 'react';
import { TextInput } from '../../ui/field.tsx';
import { Row } from './parts.tsx';

/** A whole number within limits; an empty field is null. */
export function Limit({
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

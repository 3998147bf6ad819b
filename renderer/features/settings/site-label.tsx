import { useEffect, useState } from 'react';
import { settings as schema } from '../../../shared/contract/settings.ts';
import { TextInput } from '../../ui/field.tsx';
import { Row } from './parts.tsx';

/** The name under which reports are signed. Kept when the field is left or Enter is pressed, and only when it may leave in a report. */
export function SiteLabel({ value, onSave }: { value: string; onSave: (value: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const valid = schema.shape.siteLabel.safeParse(text.trim()).success;
  const save = () => {
    if (valid && text.trim() !== value) onSave(text.trim());
  };
  return (
    <Row
      name="Site label"
      htmlFor="site-label"
      bad={!valid}
      hint={
        valid
          ? 'Stands in every report in place of a person or a hospital’s full name. Left empty, a report says “unnamed site”.'
          : 'Begin with a letter; letters, digits, space, dot, dash and underscore only; at most 64. It is printed in reports, so it follows their rules.'
      }
    >
      <TextInput
        id="site-label"
        value={text}
        invalid={!valid}
        maxLength={80}
        placeholder="Cardiology"
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
          if (event.key === 'Escape') setText(value);
        }}
      />
    </Row>
  );
}

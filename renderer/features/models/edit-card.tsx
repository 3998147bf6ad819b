import { useState } from 'react';
import type { CardText, ModelCard } from '../../../shared/model/registry.ts';
import { api } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { LabelledCheckbox } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormRow, TextArea, TextInput } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/screen.tsx';
import { offerUndo } from '../../ui/undo.tsx';

type Props = { card: ModelCard; onClose: () => void; onProblem: (error: Error | null) => void };
const MOST_GROUPS = 6;
const areas = [
  { key: 'purpose', label: 'Purpose', help: 'What it is for, for which patients, and who is to use it.' },
  { key: 'notFor', label: 'Not for', help: 'What it must not be used for.' },
  { key: 'limits', label: 'Limits', help: 'What the record does not know. What it knows stands on the card already.' },
] as const;

/** The parts of a card that a person writes, and the columns that results are told apart by. */
export function EditCardDialog({ card, onClose, onProblem }: Props) {
  const { model: name, version } = card;
  const [text, setText] = useState<CardText>(card.text);
  const [error, setError] = useState<Error | null>(null);
  const chosen = text.groups ?? card.groups.map(({ column }) => column);

  async function save() {
    const before = card.text;
    try {
      await api.call('models.editCard', { name, version, text });
      onClose();
      offerUndo('Model card changed.', () =>
        api.call('models.editCard', { name, version, text: before }).then(() => onProblem(null), onProblem),
      );
    } catch (problem) {
      setError(problem as Error);
    }
  }
  const toggle = (column: string, on: boolean) =>
    setText({ ...text, groups: on ? [...chosen, column] : chosen.filter((one) => one !== column) });

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={`Card of ${name} v${version}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      {areas.map(({ key, label, help }) => (
        <FormRow key={key} label={label} help={help}>
          {({ id, describedBy }) => (
            <TextArea
              id={id}
              aria-describedby={describedBy}
              rows={3}
              maxLength={4000}
              value={text[key]}
              onChange={(event) => setText({ ...text, [key]: event.target.value })}
            />
          )}
        </FormRow>
      ))}
      <FormRow label="Contact">
        {({ id }) => (
          <TextInput
            id={id}
            maxLength={500}
            value={text.contact}
            onChange={(event) => setText({ ...text, contact: event.target.value })}
          />
        )}
      </FormRow>
      {card.groupable.length > 0 && (
        <fieldset className="card-columns">
          <legend>Results by group, up to {MOST_GROUPS} columns</legend>
          {card.groupable.map((column) => (
            <LabelledCheckbox
              key={column}
              checked={chosen.includes(column)}
              disabled={!chosen.includes(column) && chosen.length >= MOST_GROUPS}
              onChange={(on) => toggle(column, on)}
            >
              <code>{column}</code>
            </LabelledCheckbox>
          ))}
        </fieldset>
      )}
      {error && <ErrorNotice error={error} />}
    </Dialog>
  );
}

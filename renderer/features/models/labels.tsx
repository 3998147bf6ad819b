import { type FormEvent, useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextInput } from '../../ui/field.tsx';

type Props = {
  title: string;
  /** What one of them is called: `alias`, `tag`. */
  one: string;
  items: readonly { key: string; text: string }[];
  placeholder: string;
  /** What is wrong with a text that was typed; null when it can be added. */
  check: (text: string) => string | null;
  onAdd: (text: string) => Promise<unknown>;
  onRemove: (key: string) => Promise<unknown>;
};

/** A short list of words that can be added to and taken from, each change at once and with a way back. */
export function Labels({ title, one, items, placeholder, check, onAdd, onRemove }: Props) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);

  async function add(event: FormEvent) {
    event.preventDefault();
    const given = text.trim();
    if (given === '') return;
    const problem = check(given);
    setWrong(problem);
    if (problem !== null) return;
    setText('');
    await onAdd(given);
  }

  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {items.length > 0 && (
        <ul className="label-list">
          {items.map(({ key, text: shown }) => (
            <li key={key}>
              <span title={shown}>{shown}</span>
              <IconButton icon="cross" label={`Take ${one} ${key} away`} onClick={() => void onRemove(key)} />
            </li>
          ))}
        </ul>
      )}
      <form className="label-add" onSubmit={(event) => void add(event)}>
        <TextInput
          aria-label={`New ${one}`}
          placeholder={placeholder}
          value={text}
          maxLength={5_000}
          invalid={wrong !== null}
          onChange={(event) => {
            setText(event.target.value);
            setWrong(null);
          }}
        />
        <Button type="submit" disabled={text.trim() === ''}>
          Add
        </Button>
      </form>
      <p className="form-help bad" aria-live="polite">
        {wrong}
      </p>
    </section>
  );
}

import { Select } from '../../ui/select.tsx';
import { keyedField } from './view.ts';

const none = 'none';
const always = [
  { value: none, label: 'No grouping' },
  { value: 'name', label: 'Name', detail: 'replicates of one name' },
  { value: 'seed', label: 'Seed' },
  { value: 'recipe', label: 'Recipe' },
  { value: 'dataset.name', label: 'Dataset' },
  { value: 'engine', label: 'Engine' },
  { value: 'study', label: 'Study' },
];

type Props = {
  value: string | null;
  keys: { params: string[]; tags: string[] };
  onChange: (group: string | null) => void;
};

/** Group by any key: each group shows the mean ± sd and n of its runs. */
export function GroupMenu({ value, keys, onChange }: Props) {
  const options = [
    ...always,
    ...keys.params.map((key) => ({ value: keyedField('params', key), label: key, detail: 'param' })),
    ...keys.tags.map((key) => ({ value: keyedField('tags', key), label: key, detail: 'tag' })),
  ];
  return (
    <Select
      quiet
      label="Group runs"
      value={value ?? none}
      options={options.map((option) =>
        option.value === (value ?? none)
          ? { ...option, label: value === null ? 'Replicates' : `By ${option.label.toLowerCase()}`, detail: undefined }
          : option,
      )}
      onChange={(next) => onChange(next === none ? null : next)}
    />
  );
}

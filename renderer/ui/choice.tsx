import './choice.css';
import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Radio as BaseRadio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';

type CheckboxProps = {
  checked: boolean;
  /** Some but not all of what it stands for. */
  mixed?: boolean;
  onChange: (checked: boolean, event: Event) => void;
  label: string;
  disabled?: boolean;
  /** Out of the tab order: the row's own keys reach it. */
  skipTab?: boolean;
};

/** A checkbox whose word stands elsewhere; `label` is read aloud. */
export function Checkbox({ checked, mixed, onChange, label, disabled, skipTab }: CheckboxProps) {
  return (
    <BaseCheckbox.Root
      className="cb"
      checked={checked}
      indeterminate={mixed}
      disabled={disabled}
      aria-label={label}
      tabIndex={skipTab ? -1 : undefined}
      onCheckedChange={(next, details) => onChange(next, details.event)}
    />
  );
}

/** A checkbox with its word beside it. */
export function LabelledCheckbox({
  checked,
  onChange,
  children,
  disabled,
}: Omit<CheckboxProps, 'label' | 'mixed'> & { children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the checkbox inside
    <label className="labelled">
      <BaseCheckbox.Root
        className="cb"
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next, details) => onChange(next, details.event)}
      />
      <span>{children}</span>
    </label>
  );
}

export type RadioOption<T extends string> = { value: T; label: string; detail?: React.ReactNode; disabled?: boolean };

/** One of a few, each on its own line with its reason. */
export function RadioList<T extends string>({
  value,
  options,
  onChange,
  label,
}: {
  value: T;
  options: readonly RadioOption<T>[];
  onChange: (value: T) => void;
  label: string;
}) {
  return (
    <RadioGroup className="radio-list" aria-label={label} value={value} onValueChange={(next) => onChange(next as T)}>
      {options.map((option) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the control is the radio inside
        <label key={option.value} className={option.disabled ? 'radio-row no' : 'radio-row'}>
          <BaseRadio.Root value={option.value} disabled={option.disabled} className="radio" />
          <span className="radio-label">{option.label}</span>
          {option.detail && <span className="t2">{option.detail}</span>}
        </label>
      ))}
    </RadioGroup>
  );
}

/** One of a few, side by side. */
export function Segmented<T extends string>({
  value,
  options,
  onChange,
  label,
}: {
  value: T | null;
  options: readonly { value: T; label: string; disabled?: boolean }[];
  onChange: (value: T) => void;
  label: string;
}) {
  return (
    <ToggleGroup
      className="seg"
      aria-label={label}
      value={value === null ? [] : [value]}
      onValueChange={(next) => next[0] !== undefined && onChange(next[0] as T)}
    >
      {options.map((option) => (
        <Toggle key={option.value} value={option.value} disabled={option.disabled} className="seg-item">
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}

import './select.css';
import { Select as Base } from '@base-ui/react/select';
import { Icon } from './icon.tsx';

export type Option<T extends string> = { value: T; label: string; detail?: string; disabled?: boolean };

type Props<T extends string> = {
  value: T | null;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
  /** Read aloud when no visible label points at the field. */
  label?: string;
  id?: string;
  placeholder?: string;
  mono?: boolean;
  disabled?: boolean;
  /** Without an outline, for a tool bar. */
  quiet?: boolean;
};

/** A choice of one from a list; each option may carry a quiet detail. */
export function Select<T extends string>({
  value,
  options,
  onChange,
  label,
  id,
  placeholder,
  mono,
  disabled,
  quiet,
}: Props<T>) {
  const chosen = options.find((option) => option.value === value);
  return (
    <Base.Root<T> value={value} onValueChange={(next) => next !== null && onChange(next)} disabled={disabled}>
      <Base.Trigger id={id} aria-label={label} className={quiet ? 'select quiet' : 'select'}>
        {chosen ? (
          <>
            <span className={mono ? 'mono' : undefined}>{chosen.label}</span>
            {chosen.detail && <span className="t3">{chosen.detail}</span>}
          </>
        ) : (
          <span className="t3">{placeholder}</span>
        )}
        <Icon name="down" small />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="positioner" sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className="popup select-list">
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} disabled={option.disabled} className="select-item">
                <Base.ItemIndicator className="select-mark">
                  <Icon name="check" small />
                </Base.ItemIndicator>
                <Base.ItemText className={mono ? 'mono' : undefined}>{option.label}</Base.ItemText>
                {option.detail && <span className="select-detail">{option.detail}</span>}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

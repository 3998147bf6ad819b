import './field.css';
import { type InputHTMLAttributes, type Ref, type TextareaHTMLAttributes, useId } from 'react';

type Row = {
  label: string;
  /** One quiet line under the control. */
  help?: React.ReactNode;
  /** What is wrong and what to do; replaces the help line. */
  error?: string | null;
  children: (ids: { id: string; describedBy: string }) => React.ReactNode;
};

/** A label, its control and one line that explains it or says what is wrong. */
export function FormRow({ label, help, error, children }: Row) {
  const id = useId();
  return (
    <div className="form-row">
      <label htmlFor={id}>{label}</label>
      {children({ id, describedBy: `${id}-help` })}
      <div id={`${id}-help`} className={error ? 'form-help bad' : 'form-help'} aria-live="polite">
        {error || help}
      </div>
    </div>
  );
}

type InputProps = InputHTMLAttributes<HTMLInputElement> & {
  ref?: Ref<HTMLInputElement>;
  invalid?: boolean;
  mono?: boolean;
};

/** A one-line text field. */
export function TextInput({ invalid, mono, className, ...rest }: InputProps) {
  return (
    <input
      className={['input', mono && 'mono', className].filter(Boolean).join(' ')}
      aria-invalid={invalid || undefined}
      autoComplete="off"
      spellCheck={false}
      {...rest}
    />
  );
}

export function TextArea(props: TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return <textarea className="input area" spellCheck={false} {...props} />;
}

import { useId } from 'react';

/** A label on the left, its control on the right, a line below that explains it or says what is wrong. */
export function FormLine({
  label,
  hint,
  problem,
  wide = false,
  children,
}: {
  label: string;
  hint?: React.ReactNode;
  problem?: string | null | undefined;
  wide?: boolean;
  children: (id: string) => React.ReactNode;
}) {
  const id = useId();
  return (
    <div className={wide ? 'train-row wide' : 'train-row'}>
      <label htmlFor={id}>{label}</label>
      <div>{children(id)}</div>
      {(problem || hint) && <div className={problem ? 'hint bad' : 'hint'}>{problem || hint}</div>}
    </div>
  );
}

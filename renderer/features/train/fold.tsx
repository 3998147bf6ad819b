import { Icon } from '../../ui/icon.tsx';

/** A part of the form that most runs leave as it is: closed, its heading says what is set. */
export function Fold({
  title,
  summary,
  open = false,
  children,
}: {
  title: string;
  summary: string;
  open?: boolean;
  children: React.ReactNode;
}) {
  return (
    <section aria-label={title}>
      <details className="fold" open={open || undefined}>
        <summary>
          <h2>{title}</h2>
          <Icon name="right" small />
          <span className="t3 small fold-summary">{summary}</span>
        </summary>
        {children}
      </details>
    </section>
  );
}

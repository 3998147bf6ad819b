import './settings.css';

/** One group of settings: what it is about on the left, its rows on the right. */
export function Section({ title, about, children }: { title: string; about: string; children: React.ReactNode }) {
  return (
    <section className="settings-section" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <p>{about}</p>
      </header>
      <div className="settings-body">{children}</div>
    </section>
  );
}

/** A fact or a control with its name; `hint` explains it or says what is wrong with it. */
export function Row({
  name,
  htmlFor,
  hint,
  bad = false,
  children,
}: {
  name: string;
  htmlFor?: string;
  hint?: React.ReactNode;
  bad?: boolean;
  children: React.ReactNode;
}) {
  return (
    <div className="settings-row">
      {htmlFor ? <label htmlFor={htmlFor}>{name}</label> : <span>{name}</span>}
      <div className="settings-value">{children}</div>
      {hint && (
        <div className={bad ? 'hint bad' : 'hint'} aria-live="polite">
          {hint}
        </div>
      )}
    </div>
  );
}

import './screen.css';
import { useIsFetching } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Icon } from './icon.tsx';

/** The one bar on top of a screen: title, one quiet fact, actions; the primary action is last. */
export function ScreenHeader({
  title,
  fact,
  children,
}: {
  title: string;
  fact?: React.ReactNode;
  children?: React.ReactNode;
}) {
  return (
    <header className="bar">
      <h1>{title}</h1>
      {fact !== undefined && <span className="t3 bar-fact">{fact}</span>}
      <span className="grow" />
      {children}
    </header>
  );
}

/** A 2 px line under the header after 100 ms of waiting; old content stays. `busy` defaults to "any call is under way". */
export function ProgressLine({ busy }: { busy?: boolean }) {
  const fetching = useIsFetching({ predicate: (query) => query.state.data === undefined }) > 0;
  const active = busy ?? fetching;
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!active) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), 100);
    return () => clearTimeout(timer);
  }, [active]);
  return <div className={shown ? 'progress-line on' : 'progress-line'} aria-hidden="true" />;
}

/** One sentence and the one next action, left-aligned where the first row would be. */
export function EmptyState({ children, actions }: { children: React.ReactNode; actions?: React.ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {actions && <div className="empty-actions">{actions}</div>}
    </div>
  );
}

/** What went wrong, in place: what happened, to what, what to do. The code folds out. */
export function ErrorNotice({
  error,
  onRetry,
}: {
  error: { message: string; code?: string; hint?: string };
  onRetry?: () => void;
}) {
  return (
    <div className="notice bad" role="alert">
      <Icon name="cross" small />
      <div>
        <p>{error.message}</p>
        {error.hint && <p className="t2">{error.hint}</p>}
        {error.code && (
          <details>
            <summary>Details</summary>
            <code>{error.code}</code>
          </details>
        )}
        {onRetry && (
          <button type="button" className="link" onClick={onRetry}>
            Try again
          </button>
        )}
      </div>
    </div>
  );
}

/** Something to read before going on. */
export function Notice({ children, tone = 'warn' }: { children: React.ReactNode; tone?: 'warn' | 'ok' | 'info' }) {
  const icons = { warn: 'warning', ok: 'check', info: 'info' } as const;
  return (
    <div className={`notice ${tone}`}>
      <Icon name={icons[tone]} small />
      <div>{children}</div>
    </div>
  );
}

/** Done so far as a 3 px bar. `done` from 0 to 1; null while unknown. */
export function Meter({ done, label }: { done: number | null; label: string }) {
  return (
    <div
      className="meter"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={done === null ? undefined : Math.round(done * 100)}
    >
      <i style={{ width: `${Math.min(1, Math.max(0, done ?? 0)) * 100}%` }} />
    </div>
  );
}

import './exports.css';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation, useParams } from 'wouter';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { AppError } from '../../../shared/errors.ts';
import { plural } from '../../../shared/format.ts';
import type { Draft } from '../../../shared/model/report.ts';
import { api } from '../../api.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { idsOf, to } from '../../ui/navigation.ts';
import { select, selected } from '../../ui/run-colour.tsx';
import { EmptyState, ErrorNotice, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';
import { Preview } from './preview.tsx';
import { SignOff } from './sign-off.tsx';
import { useVerifyReport } from './verify-report.tsx';

type Saved = NonNullable<CallOutput<'exports.accept'>>;

/** Runs → the exact report → sign → saved. One click leads to the preview; release is a second, deliberate act. */
export function ExportsScreen() {
  const { ids: part } = useParams<{ ids?: string }>();
  const [, navigate] = useLocation();
  const verify = useVerifyReport();
  const ids = part === undefined ? [...selected().keys()] : idsOf(part);
  const key = ids.join(',');
  const draft = useMutation<Draft, AppError, string[]>({
    mutationFn: (wanted) => api.call('exports.draft', { ids: wanted }),
  });
  const accept = useMutation<Saved | null, AppError, string>({
    mutationFn: (digest) => api.call('exports.accept', { digest }),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new draft for other runs only; the key stands for the ids
  useEffect(() => {
    accept.reset();
    draft.reset();
    if (ids.length === 0) return;
    select(ids);
    draft.mutate(ids);
  }, [key]);
  const again = () => {
    accept.reset();
    draft.mutate(ids);
  };
  const saved = accept.data ?? null;
  const voided = accept.error?.code === 'EXPORT_CHANGED';
  return (
    <>
      <ScreenHeader
        title="Export"
        fact={ids.length > 0 ? `metadata only, ${plural(ids.length, 'run')}` : 'metadata only'}
      >
        {verify.button}
        {(voided || saved) && (
          <Button icon="again" onClick={again}>
            New draft
          </Button>
        )}
      </ScreenHeader>
      <ProgressLine busy={draft.isPending || accept.isPending} />
      {verify.result}
      {ids.length === 0 && (
        <EmptyState
          actions={
            <ButtonLink variant="primary" icon="runs" to={to.runs}>
              Runs
            </ButtonLink>
          }
        >
          No run is chosen. Select the runs that belong in the report in the list of runs with x, then press e.
        </EmptyState>
      )}
      {draft.error && (
        <div className="verified">
          <ErrorNotice error={draft.error} onRetry={again} />
        </div>
      )}
      {saved ? (
        <Done saved={saved} onRuns={() => navigate(to.runs)} />
      ) : (
        draft.data && (
          <div className="export">
            <Preview key={draft.data.digest} draft={draft.data} />
            <SignOff
              draft={draft.data}
              error={accept.error}
              busy={accept.isPending}
              onSign={() => accept.mutate(draft.data.digest)}
            />
          </div>
        )
      )}
    </>
  );
}

function Done({ saved, onRuns }: { saved: Saved; onRuns: () => void }) {
  return (
    <div className="export-done">
      <h2>Signed and saved</h2>
      <p className="t2">
        The release is in the audit log, and can be checked by anyone who has the files and the site’s public key.
      </p>
      <ul>
        {saved.files.map((file) => (
          <li key={file}>
            <code>{file}</code>
          </li>
        ))}
      </ul>
      <dl className="facts">
        <dt>SHA-256</dt>
        <dd className="wrap">
          <code>{saved.digest}</code>
        </dd>
        <dt>Signature</dt>
        <dd className="wrap">
          <code>{saved.signature}</code>
        </dd>
      </dl>
      <div className="empty-actions">
        <Button variant="primary" onClick={onRuns}>
          Back to the runs
        </Button>
        <ButtonLink to={to.activity}>Show the audit entry</ButtonLink>
      </div>
    </div>
  );
}

import './copy-dialog.css';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CopyOf, CopyProgress } from '../../shared/contract/copy.ts';
import type { AppError } from '../../shared/errors.ts';
import { bytes, clock, count, percent, plural } from '../../shared/format.ts';
import { api } from '../api.ts';
import { Button } from './button.tsx';
import { RadioList, Segmented } from './choice.tsx';
import { Dialog } from './dialog.tsx';
import { FormRow, TextInput } from './field.tsx';
import { ErrorNotice, Meter, Notice } from './screen.tsx';

type Props = { of: CopyOf; what: string; open: boolean; onClose: () => void };
type Where = 'folder' | 'server';

/** What a local copy is, where it goes, and what came of it. `what` names the runs in a sentence. */
export function CopyDialog({ of, what, open, onClose }: Props) {
  const [where, setWhere] = useState<Where>('folder');
  const [format, setFormat] = useState<'csv' | 'parquet'>('csv');
  const [port, setPort] = useState('5000');
  const [token, setToken] = useState('');
  const copy = useMutation<string | null, AppError>({
    mutationFn: () => (where === 'folder' ? toFolder(of, format) : toServer(of, Number(port), token.trim())),
  });
  const portFits = /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535;
  const close = () => {
    if (copy.isPending) return;
    copy.reset();
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title="Make a local copy"
      actions={
        <>
          <Button variant="quiet" onClick={copy.isPending ? () => void api.call('copy.stop', {}) : close}>
            {copy.data ? 'Close' : copy.isPending ? 'Cancel copy' : 'Cancel'}
          </Button>
          {!copy.data && (
            <Button
              variant="primary"
              icon="copy"
              disabled={copy.isPending || (where === 'server' && !portFits)}
              onClick={() => copy.mutate()}
            >
              {copy.isPending ? 'Copying' : where === 'folder' ? 'Choose a folder' : 'Copy'}
            </Button>
          )}
        </>
      }
    >
      <div className="copy-dialog">
        <Notice>
          A local copy contains unchecked values: everything of {what}, as it is recorded. It stays on this machine, and
          the audit log names it. What may leave is a report.
        </Notice>
        <RadioList
          label="Where to"
          value={where}
          onChange={setWhere}
          options={[
            {
              value: 'folder',
              label: 'Open files in a folder',
              detail: 'JSON, tables, log and artifacts, marked INTERNAL, on a disk of this machine',
            },
            {
              value: 'server',
              label: 'An MLflow server on this machine',
              detail: 'Runs with params, tags, metrics and artifacts; a repeat adds what is missing',
            },
          ]}
        />
        {where === 'folder' ? (
          <FormRow label="Series and predictions">
            {() => (
              <Segmented
                label="Series and predictions"
                value={format}
                onChange={setFormat}
                options={[
                  { value: 'csv', label: 'CSV' },
                  { value: 'parquet', label: 'Parquet' },
                ]}
              />
            )}
          </FormRow>
        ) : (
          <>
            <FormRow label="Port" help="The server listens on http://127.0.0.1 at this port.">
              {({ id }) => (
                <TextInput
                  id={id}
                  inputMode="numeric"
                  value={port}
                  onChange={(event) => setPort(event.target.value.trim())}
                />
              )}
            </FormRow>
            <FormRow label="Token" help="Where the server asks for one, as another vault’s does. It is not kept.">
              {({ id, describedBy }) => (
                <TextInput
                  id={id}
                  aria-describedby={describedBy}
                  type="password"
                  value={token}
                  maxLength={4_096}
                  placeholder="none"
                  onChange={(event) => setToken(event.target.value)}
                />
              )}
            </FormRow>
          </>
        )}
        {copy.isPending && <CopyMeter />}
        <div aria-live="polite">
          {copy.data && <Notice tone="ok">{copy.data}</Notice>}
          {copy.error?.code === 'CANCELLED' && <Notice tone="info">{copy.error.message}</Notice>}
          {copy.error && copy.error.code !== 'CANCELLED' && <ErrorNotice error={copy.error} />}
        </div>
      </div>
    </Dialog>
  );
}

const everyMs = 250;

/** How far the copy is: by runs, one run alone by the bytes of its files. */
function CopyMeter() {
  const [progress, setProgress] = useState<CopyProgress | null>(null);
  const [startedAt] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(async () => setProgress(await api.call('copy.progress', {})), everyMs);
    return () => clearInterval(timer);
  }, []);
  // Null while the folder is chosen, too.
  if (progress === null) return null;
  const { runsDone, runs, bytesDone, bytes: all } = progress;
  const share = runs > 1 ? runsDone / runs : all > 0 ? Math.min(1, bytesDone / all) : 0;
  const tookMs = Date.now() - startedAt;
  const left = share > 0.02 && tookMs > 1_000 ? `, ${clock((tookMs * (1 - share)) / share)} left` : '';
  return (
    <div className="import-progress">
      <Meter done={share} label="Copy" />
      <div className="import-numbers">
        <span>
          {percent(share)}, {count(runsDone)} of {plural(runs, 'run')}, {bytes(bytesDone)}
        </span>
        <span>{tookMs > 1_000 && `${bytes((bytesDone / tookMs) * 1_000)}/s${left}`}</span>
      </div>
    </div>
  );
}

async function toFolder(of: CopyOf, format: 'csv' | 'parquet'): Promise<string | null> {
  const done = await api.call('copy.runs', { of, format });
  return done && `${plural(done.files, 'file')} in ${done.folder}.`;
}

async function toServer(of: CopyOf, port: number, token: string): Promise<string> {
  const done = await api.call('copy.replay', { of, port, token: token === '' ? null : token });
  const left = done.skipped.length === 0 ? '' : ` Left out: ${done.skipped.slice(0, 5).join('; ')}.`;
  return `${plural(done.runs, 'run')}, ${done.created} new there; ${count(done.points)} points and ${plural(done.files, 'file')} sent.${left}`;
}

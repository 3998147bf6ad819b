import { useState } from 'react';
import type { ImportPreview } from '../../../shared/contract/datasets.ts';
import type { AppError } from '../../../shared/errors.ts';
import { bytes, clock, count, percent } from '../../../shared/format.ts';
import { type ColumnRole, datasetName } from '../../../shared/model/dataset.ts';
import { Button } from '../../ui/button.tsx';
import { RadioList } from '../../ui/choice.tsx';
import { roleWords } from '../../ui/column-words.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormRow, TextInput } from '../../ui/field.tsx';
import { ErrorNotice, Meter } from '../../ui/screen.tsx';
import { Select } from '../../ui/select.tsx';
import type { useImport } from './use-import.ts';

type Flow = ReturnType<typeof useImport>;

/** What follows the choice of a file: what it is, then its progress. */
export function ImportDialog({ flow }: { flow: Flow }) {
  const { stage } = flow;
  if (stage.step === 'failed') {
    return (
      <Dialog
        open
        onClose={flow.close}
        title="This file cannot be imported"
        actions={<Button onClick={flow.close}>Close</Button>}
      >
        <ErrorNotice error={stage.error} onRetry={() => void flow.choose()} />
      </Dialog>
    );
  }
  if (stage.step === 'declaring') {
    return <DeclareForm key={stage.preview.handle} flow={flow} preview={stage.preview} error={stage.error} />;
  }
  if (stage.step === 'importing') return <Importing flow={flow} preview={stage.preview} progress={stage.progress} />;
  return null;
}

type SubjectKind = 'grouped' | 'exact' | 'per-row' | 'none';
const delimiterWords: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

function DeclareForm({ flow, preview, error }: { flow: Flow; preview: ImportPreview; error: AppError | null }) {
  const [name, setName] = useState(preview.suggestedName);
  const [kind, setKind] = useState<SubjectKind>(preview.suggestedSubject === null ? 'none' : 'grouped');
  const [column, setColumn] = useState(preview.suggestedSubject ?? preview.columns[0]?.name ?? '');
  const nameOk = datasetName.safeParse(name).success;
  const byColumn = kind === 'grouped' || kind === 'exact';

  function start() {
    if (!nameOk) return;
    const subject = byColumn ? { kind: 'column' as const, column, exact: kind === 'exact' } : { kind };
    void flow.start(preview, { name, subject });
  }

  return (
    <Dialog
      open
      wide
      onClose={flow.close}
      title={`Import ${preview.fileName}`}
      actions={
        <>
          <Button onClick={flow.close}>Cancel</Button>
          <Button variant="primary" disabled={!nameOk} onClick={start}>
            Import
          </Button>
        </>
      }
    >
      {error && <ErrorNotice error={error} />}
      <p>
        {bytes(preview.bytes)}, {count(preview.columns.length)} columns, parted by{' '}
        {delimiterWords[preview.format.delimiter] ?? preview.format.delimiter}, {preview.format.encoding}, decimal{' '}
        {preview.format.decimal === ',' ? 'comma' : 'point'}.
      </p>
      <FirstRows preview={preview} />
      <FormRow
        label="Name"
        error={
          nameOk ? null : 'Begin with a letter or digit; letters, digits, dot, dash and underscore only; at most 100.'
        }
        help="The same name again makes a new version of that dataset when the content has changed."
      >
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            value={name}
            invalid={!nameOk}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </FormRow>
      <FormRow
        label="Persons"
        help="Decides who is kept together when data is split, and what counts as one patient in a report."
      >
        {() => (
          <RadioList<SubjectKind>
            label="Persons"
            value={kind}
            onChange={setKind}
            options={[
              {
                value: 'grouped',
                label: 'In a column',
                detail: 'ids that look like one person are grouped: 003a with 003b, p7 with P07',
              },
              { value: 'exact', label: 'In a column, exactly', detail: 'every spelling of an id is another person' },
              {
                value: 'per-row',
                label: 'Each row is another person',
                detail: 'a declaration by you; it is written to the audit log',
              },
              {
                value: 'none',
                label: 'Not known',
                detail: 'intervals then assume one row per person, and no number can be exported',
              },
            ]}
          />
        )}
      </FormRow>
      {byColumn && (
        <FormRow label="Subject column">
          {({ id }) => (
            <Select
              id={id}
              mono
              value={column}
              onChange={setColumn}
              options={preview.columns.map((item) => ({
                value: item.name,
                label: item.name,
                ...(item.name === preview.suggestedSubject && { detail: 'suggested' }),
              }))}
            />
          )}
        </FormRow>
      )}
    </Dialog>
  );
}

function FirstRows({ preview }: { preview: ImportPreview }) {
  const rows = Math.max(0, ...preview.columns.map((column) => column.sample.length));
  return (
    <div className="import-table">
      <table className="plain" aria-label="First rows of the file">
        <thead>
          <tr>
            {preview.columns.map((column) => (
              <th key={column.name}>
                <code>{column.name}</code> {roleWords[column.suggestedRole as ColumnRole] ?? column.suggestedRole}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a preview have no identity
            <tr key={row}>
              {preview.columns.map((column) => (
                <td key={column.name}>{column.sample[row] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type ImportingProps = {
  flow: Flow;
  preview: ImportPreview;
  progress: Extract<Flow['stage'], { step: 'importing' }>['progress'];
};

function Importing({ flow, preview, progress }: ImportingProps) {
  const done = progress === null || progress.bytesTotal === 0 ? null : progress.bytesDone / progress.bytesTotal;
  return (
    <Dialog
      open
      onClose={() => flow.cancel(preview)}
      title={`Importing ${preview.fileName}`}
      actions={<Button onClick={() => flow.cancel(preview)}>Cancel import</Button>}
    >
      <div className="import-progress">
        <Meter done={done} label="Import" />
        <div className="import-numbers">
          <span>{done === null ? 'Reading' : `${percent(done)}, ${count(progress!.rows)} rows`}</span>
          <span>
            {progress && `${bytes(progress.bytesPerSecond)}/s`}
            {progress?.leftMs != null && `, ${clock(progress.leftMs)} left`}
          </span>
        </div>
      </div>
      <p className="t3 small">Nothing is kept until the whole file has been read.</p>
    </Dialog>
  );
}

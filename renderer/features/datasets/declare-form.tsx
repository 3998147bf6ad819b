import { useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import { datasetName } from '../../../shared/model/dataset.ts';
import { Button } from '../../ui/button.tsx';
import { RadioList, type RadioOption } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormRow, TextInput } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/screen.tsx';
import { Select } from '../../ui/select.tsx';
import { FolderFacts } from './folder-facts.tsx';
import { TableFacts } from './table-facts.tsx';
import type { ImportFlow, Preview } from './use-import.ts';

type SubjectKind = 'grouped' | 'exact' | 'per-row' | 'none';

/** What was chosen as far as it is known before the import, its name, and who its persons are. */
export function DeclareForm({ flow, preview, error }: { flow: ImportFlow; preview: Preview; error: AppError | null }) {
  const columns = preview.kind === 'table' ? preview.columns.map((column) => column.name) : preview.columns;
  const [name, setName] = useState(preview.suggestedName);
  const [kind, setKind] = useState<SubjectKind>(preview.suggestedSubject === null ? 'none' : 'grouped');
  const [column, setColumn] = useState(preview.suggestedSubject ?? columns[0] ?? '');
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
      title={`Import ${preview.kind === 'table' ? preview.fileName : preview.folderName}`}
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
      {preview.kind === 'table' ? <TableFacts preview={preview} /> : <FolderFacts preview={preview} />}
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
            options={subjectOptions(preview.kind === 'table' ? 'row' : 'image', columns.length > 0)}
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
              options={columns.map((value) => ({
                value,
                label: value,
                ...(value === preview.suggestedSubject && { detail: 'suggested' }),
              }))}
            />
          )}
        </FormRow>
      )}
    </Dialog>
  );
}

/** `unit`: what one row of the dataset is called. */
const subjectOptions = (unit: 'row' | 'image', columns: boolean): RadioOption<SubjectKind>[] => [
  {
    value: 'grouped',
    label: 'In a column',
    detail: columns
      ? 'ids that look like one person are grouped: 003a with 003b, p7 with P07'
      : 'there is no labels table that could have one',
    disabled: !columns,
  },
  {
    value: 'exact',
    label: 'In a column, exactly',
    detail: 'every spelling of an id is another person',
    disabled: !columns,
  },
  {
    value: 'per-row',
    label: `Each ${unit} is another person`,
    detail: 'a declaration by you; it is written to the audit log',
  },
  {
    value: 'none',
    label: 'Not known',
    detail: `intervals then assume one ${unit} per person, and no number can be exported`,
  },
];

import { useState } from 'react';
import type { ImportSource } from '../../../../shared/contract/imports.ts';
import { bytes, count, plural } from '../../../../shared/format.ts';
import type { FoundRuns, ImportFormat } from '../../../../shared/model/run-import.ts';
import { Button } from '../../../ui/button.tsx';
import { RadioList } from '../../../ui/choice.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormRow, TextInput } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/screen.tsx';
import { formatNames } from './format-names.ts';
import { SkippedList } from './skipped-list.tsx';
import type { RunImport, SourceKind } from './use-run-import.ts';

type Props = { flow: RunImport; source: ImportSource; kind: SourceKind };

/** What lies in the chosen place, before anything of it is taken over. */
export function Found({ flow, source, kind }: Props) {
  const importable = source.found.filter(({ count: runs }) => runs > 0);
  const [format, setFormat] = useState<ImportFormat | null>(importable[0]?.format ?? null);
  const [study, setStudy] = useState('');
  const chosen = importable.find((one) => one.format === format);
  const skipped = chosen === undefined ? source.found.flatMap((one) => one.skipped) : chosen.skipped;
  const watchable = kind === 'folder' && (chosen === undefined || chosen.format === 'tensorboard');
  return (
    <Dialog
      open
      wide
      onClose={flow.close}
      title={`Import runs from ${source.name}`}
      actions={
        <>
          <Button variant="quiet" onClick={flow.open}>
            Choose something else
          </Button>
          {watchable && (
            <Button onClick={() => void flow.watch(source, 'tensorboard', study)}>
              {chosen === undefined ? 'Watch for TensorBoard runs' : 'Import and watch'}
            </Button>
          )}
          {chosen !== undefined && (
            <Button variant="primary" onClick={() => void flow.start(source, chosen.format, study)}>
              Import {plural(chosen.count, 'run')}
            </Button>
          )}
        </>
      }
    >
      {chosen === undefined ? (
        <Notice>
          No runs that can be imported lie here.
          {watchable && ' A folder that a job is about to write can be watched: its runs appear as they are written.'}
        </Notice>
      ) : (
        <>
          {importable.length > 1 && (
            <RadioList
              label="What to import"
              value={chosen.format}
              onChange={setFormat}
              options={importable.map((one) => ({
                value: one.format,
                label: formatNames[one.format],
                detail: plural(one.count, 'run'),
              }))}
            />
          )}
          <RunPreview found={chosen} />
          <FormRow label="Study" help="Left empty, runs go to the studies named above.">
            {({ id, describedBy }) => (
              <TextInput
                id={id}
                aria-describedby={describedBy}
                value={study}
                maxLength={200}
                placeholder="as in the source"
                onChange={(event) => setStudy(event.target.value)}
              />
            )}
          </FormRow>
          {watchable && (
            <p className="t3 small import-note">Import and watch goes on while a job writes here, until you stop it.</p>
          )}
        </>
      )}
      <SkippedList list={skipped} />
    </Dialog>
  );
}

function RunPreview({ found: { format, runs, count: all, bytes: size } }: { found: FoundRuns }) {
  return (
    <section className="import-preview" aria-label="Found">
      <h3>
        {formatNames[format]}{' '}
        <span className="t3 small">
          {plural(all, 'run')}, {bytes(size)}; a run that is here already adds only what is new
        </span>
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <div className="import-scroll" tabIndex={0}>
        <table className="plain">
          <thead>
            <tr>
              <th>Run</th>
              <th>Study</th>
              <th className="num">Size</th>
            </tr>
          </thead>
          <tbody>
            {runs.map(({ path, name, study, bytes: own }) => (
              <tr key={`${path} ${name}`}>
                <td title={path}>{name}</td>
                <td className="t2">{study}</td>
                <td className="num">{bytes(own)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {all > runs.length && <p className="t3 small">and {count(all - runs.length)} more</p>}
    </section>
  );
}

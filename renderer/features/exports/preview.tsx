import { useState } from 'react';
import { bytes } from '../../../shared/format.ts';
import type { Draft } from '../../../shared/model/report.ts';
import { useCall } from '../../query.ts';
import { LabelledCheckbox, Segmented } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/screen.tsx';
import { ReportPaper } from './report-paper.tsx';

/** Each file of the draft, byte for byte. */
export function Preview({ draft }: { draft: Draft }) {
  const [name, setName] = useState(
    () => (draft.files.find((file) => file.name.endsWith('.html')) ?? draft.files[0])?.name ?? '',
  );
  const file = draft.files.find((item) => item.name === name);
  const [marks, setMarks] = useState(true);
  const shown = useCall('exports.draftFile', { digest: draft.digest, name });
  return (
    <div className="desk">
      <div className="desk-tools">
        <Segmented
          label="File"
          value={name}
          onChange={setName}
          options={draft.files.map((item) => ({ value: item.name, label: kindOf(item.name) }))}
        />
        {file && (
          <span className="t3 small">
            {file.name}, {bytes(file.bytes)}: exactly what will be written
          </span>
        )}
        <span className="grow" />
        {name.endsWith('.html') && (
          <LabelledCheckbox checked={marks} onChange={setMarks}>
            Show marks of the rules
          </LabelledCheckbox>
        )}
      </div>
      {shown.error && <ErrorNotice error={shown.error} />}
      {shown.data &&
        shown.data.name === name &&
        (name.endsWith('.html') ? (
          <ReportPaper html={shown.data.text} marks={marks} />
        ) : (
          <Text text={shown.data.text} />
        ))}
    </div>
  );
}

function Text({ text }: { text: string }) {
  return (
    <div
      className="paper"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: long, so it must scroll by keyboard
      tabIndex={0}
      role="document"
      aria-label="The file as it will be written"
    >
      <pre>{text}</pre>
    </div>
  );
}

function kindOf(name: string): string {
  const extension = name.split('.').at(-1);
  return extension === 'html' ? 'Report' : extension === 'json' ? 'JSON' : (extension ?? name);
}

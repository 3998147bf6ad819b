import './distributions.css';
import { useState } from 'react';
import { Link } from 'wouter';
import { count as countText } from '../../../shared/format.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import type { StepRecordKind } from '../../../shared/model/step-record.ts';
import { useCall } from '../../query.ts';
import { Button } from '../../ui/button.tsx';
import { to } from '../../ui/navigation.ts';
import { ErrorNotice } from '../../ui/screen.tsx';
import { HistogramView, PrCurveView } from './distribution-views.tsx';
import { StepImagesView } from './step-images.tsx';

const kindWords: Record<StepRecordKind, string> = {
  histogram: 'Histogram',
  'pr-curve': 'Precision and recall',
  text: 'Text',
  image: 'Images',
};

/** Histograms, precision-recall curves, texts and images that a run holds by step; a slider chooses the step. */
export function DistributionsTab({ run }: { run: RunDetail }) {
  const list = useCall('imports.records', { id: run.id }).data ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const named = (one: { kind: StepRecordKind; key: string }): string => `${one.kind} ${one.key}`;
  const open = list.find((one) => named(one) === chosen) ?? list[0];
  if (open === undefined) return <p className="t2">This run holds nothing by step beside its series.</p>;
  return (
    <div className="distributions">
      <nav className="distribution-names" aria-label="What this run holds by step">
        {list.map((one) => (
          <Button
            key={named(one)}
            variant="quiet"
            aria-current={one === open}
            title={kindWords[one.kind]}
            onClick={() => setChosen(named(one))}
          >
            {one.key}
          </Button>
        ))}
      </nav>
      <OneByStep key={named(open)} run={run} kind={open.kind} name={open.key} count={open.count} />
    </div>
  );
}

type OneProps = { run: RunDetail; kind: StepRecordKind; name: string; count: number };

/** Opens on the last step. */
function OneByStep({ run, kind, name, count }: OneProps) {
  const [at, setAt] = useState(count - 1);
  const read = useCall('imports.record', { id: run.id, kind, key: name, at }, { placeholderData: (old) => old });
  const record = read.data?.record ?? null;
  return (
    <section className="distribution-view" aria-label={name}>
      <h3>
        {kindWords[kind]}: {name}
      </h3>
      {count > 1 && (
        <label className="distribution-step">
          <span>Step {record === null ? '' : countText(record.step)}</span>
          <input
            type="range"
            min={0}
            max={count - 1}
            value={at}
            aria-label={`Step of ${name}`}
            aria-valuetext={record === null ? '' : `step ${record.step}`}
            onChange={(event) => setAt(Number(event.target.value))}
          />
          <span className="t3">
            {at + 1} of {count}
          </span>
        </label>
      )}
      {read.error && <ErrorNotice error={read.error} />}
      {record?.kind === 'histogram' && <HistogramView of={record.data} />}
      {record?.kind === 'pr-curve' && <PrCurveView of={record.data} />}
      {record?.kind === 'text' &&
        record.data.texts.map((text, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text is its place
          <pre key={i}>{text}</pre>
        ))}
      {record?.kind === 'image' && (
        <>
          <StepImagesView run={run} of={record.data} name={name} />
          <p className="t3 small">
            {record.data.paths.join(', ')} in the <Link href={to.run(run.id, 'artifacts')}>artifacts of this run</Link>
          </p>
        </>
      )}
    </section>
  );
}

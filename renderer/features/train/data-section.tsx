import type { TrainEstimate } from '../../../shared/contract/training.ts';
import { count, plural } from '../../../shared/format.ts';
import type { DatasetSummary, DatasetVersion } from '../../../shared/model/dataset.ts';
import { Segmented } from '../../ui/choice.tsx';
import { TextInput } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Select } from '../../ui/select.tsx';
import type { SplitKind, TrainForm } from './form-state.ts';
import { FormLine } from './row.tsx';
import { type ReadAs, waysToRead } from './targets.ts';
import { problemsOf } from './to-spec.ts';

type Props = {
  datasets: readonly DatasetSummary[];
  version: DatasetVersion;
  form: TrainForm;
  estimate: TrainEstimate | undefined;
  onChange: (change: Partial<TrainForm>) => void;
  onTarget: (target: string, as?: ReadAs) => void;
  onDataset: (name: string) => void;
};

const readAsNames: { value: ReadAs; label: string }[] = [
  { value: 'classes', label: 'as classes' },
  { value: 'number', label: 'as a number' },
];

/** What is learnt from and what is to be predicted, and who is held out. */
export function DataSection({ datasets, version, form, estimate, onChange, onTarget, onDataset }: Props) {
  const targets = version.columns.filter((column) => waysToRead(column).length > 0);
  const target = targets.find((column) => column.name === form.target);
  const ways = target ? waysToRead(target) : [];
  const outcomes = version.warnings.find((warning) => warning.code === 'OUTCOME_COLUMNS');
  const positives = estimate?.positives;
  return (
    <section aria-label="Data">
      <h2>Data</h2>
      <FormLine label="Dataset">
        {(id) => (
          <Select
            id={id}
            value={version.name}
            onChange={onDataset}
            options={datasets.map((dataset) => {
              const latest = dataset.versions.reduce((a, b) => (b.version > a.version ? b : a));
              const people = latest.subjects === null ? plural(latest.rows, 'row') : plural(latest.subjects, 'subject');
              return {
                value: dataset.name,
                label: dataset.name,
                detail: `v${dataset.name === version.name ? version.version : latest.version}, ${people}`,
              };
            })}
          />
        )}
      </FormLine>
      <FormLine label="Target" problem={problemsOf(form).target} hint={outcomes?.message}>
        {(id) => (
          <Select
            id={id}
            mono
            value={form.target}
            placeholder="the column to predict"
            onChange={(name) => onTarget(name)}
            options={targets.map((column) => ({
              value: column.name,
              label: column.name,
              detail:
                column.name === form.target && positives
                  ? `${positives.label}: ${count(positives.count)}${positives.label.length > 4 ? '' : ` of ${count(positives.of)}`}`
                  : waysToRead(column)[0] === 'number'
                    ? 'number'
                    : `${column.distinct} values`,
            }))}
          />
        )}
      </FormLine>
      {ways.length > 0 && (
        <div className="train-row">
          <span className="train-label">Predicted</span>
          <div>
            {ways.length > 1 ? (
              <Segmented
                label="Predicted"
                value={form.readAs}
                options={readAsNames}
                onChange={(as) => onTarget(form.target, as)}
              />
            ) : (
              <span className="train-fact">
                {ways[0] === 'number' ? 'as a number' : target?.distinct === 2 ? 'as two classes' : 'as classes'}
              </span>
            )}
          </div>
        </div>
      )}
      <Split version={version} form={form} estimate={estimate} onChange={onChange} />
    </section>
  );
}

const kinds: { value: SplitKind; label: string }[] = [
  { value: 'folds', label: 'Folds' },
  { value: 'shares', label: 'One split' },
  { value: 'column', label: 'Column' },
];

function Split({ version, form, estimate, onChange }: Pick<Props, 'version' | 'form' | 'estimate' | 'onChange'>) {
  const problems = problemsOf(form);
  const hasColumn = version.columns.some((column) => column.role === 'split');
  return (
    <div className="train-row">
      <span className="train-label">Split</span>
      <div>
        <div className="split-head">
          <Segmented
            label="Split"
            value={form.split}
            onChange={(split) => onChange({ split })}
            options={kinds.filter((kind) => kind.value !== 'column' || hasColumn)}
          />
          {form.split === 'folds' && (
            <TextInput
              aria-label="Number of folds"
              className="short"
              size={3}
              inputMode="numeric"
              value={form.folds}
              invalid={problems.folds !== undefined}
              onChange={(event) => onChange({ folds: event.target.value })}
            />
          )}
        </div>
        {form.split === 'shares' && (
          <div className="split-numbers">
            {(['train', 'validation', 'test'] as const).map((part) => (
              <label key={part} htmlFor={`share-${part}`}>
                {part}, %
                <TextInput
                  id={`share-${part}`}
                  inputMode="decimal"
                  value={form.shares[part]}
                  invalid={problems.shares !== undefined}
                  onChange={(event) => onChange({ shares: { ...form.shares, [part]: event.target.value } })}
                />
              </label>
            ))}
          </div>
        )}
        {estimate && form.split !== 'folds' && <Parts split={estimate.split} />}
        <Caution version={version} form={form} estimate={estimate} />
        {(problems.shares ?? problems.folds) && (
          <div className="split-note bad">{problems.shares ?? problems.folds}</div>
        )}
      </div>
    </div>
  );
}

function Parts({ split }: { split: TrainEstimate['split'] }) {
  return (
    <>
      <div className="split-bar" aria-hidden="true">
        <i style={{ flex: split.train }} />
        {split.validation > 0 && <i style={{ flex: split.validation }} />}
        <i style={{ flex: split.test }} />
      </div>
      <div className="split-words">
        <span>train {count(split.train)}</span>
        {split.validation > 0 && <span>validation {count(split.validation)}</span>}
        <span>test {count(split.test)}</span>
      </div>
    </>
  );
}

function Caution({ version, form, estimate }: Pick<Props, 'version' | 'form' | 'estimate'>) {
  return (
    <>
      {version.subjects === null ? (
        <p className="split-note warn">
          <Icon name="warning" small />
          No subject column: split by row. If a person has several rows, the result will look better than it is.
        </p>
      ) : (
        <p className="split-note ok">
          <Icon name="check" small />
          by subject; no patient on two sides
        </p>
      )}
      {estimate?.folds && (
        <p className="split-note t3">
          {form.split === 'folds'
            ? estimate.folds.why
            : `${estimate.folds.proposed} folds are proposed: ${estimate.folds.why}`}
        </p>
      )}
    </>
  );
}

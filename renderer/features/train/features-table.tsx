import { count, percent } from '../../../shared/format.ts';
import type { DatasetVersion } from '../../../shared/model/dataset.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { typeWords } from '../../ui/column-words.ts';
import { DistributionMark, distributionWords } from '../../ui/distribution.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { TrainForm } from './form-state.ts';
import { barredBecause } from './targets.ts';
import { problemsOf } from './to-spec.ts';

type Props = { version: DatasetVersion; form: TrainForm; onChange: (change: Partial<TrainForm>) => void };

/** Every column but the target, ticked when the model learns from it. What identifies a person cannot be ticked. */
export function FeaturesTable({ version, form, onChange }: Props) {
  const columns = version.columns.filter((column) => column.name !== form.target);
  const offered = columns.filter((column) => barredBecause(column, form.target) === null);
  const ticked = offered.filter((column) => form.features.has(column.name)).length;
  const missing = columns.filter((column) => form.features.has(column.name) && column.missing > 0).length;

  function tick(name: string, on: boolean) {
    const next = new Set(form.features);
    if (on) next.add(name);
    else next.delete(name);
    onChange({ features: next });
  }

  return (
    <div className="train-features">
      <div className="features-head">
        <h2>Features</h2>
        <span className="t3 small">
          {ticked} of {columns.length} columns
        </span>
      </div>
      <table className="plain features" aria-label="Features">
        <thead>
          <tr>
            <th className="f-tick">
              <Checkbox
                label="All columns that can be features"
                checked={ticked === offered.length && ticked > 0}
                mixed={ticked > 0 && ticked < offered.length}
                onChange={(on) => onChange({ features: new Set(on ? offered.map((column) => column.name) : []) })}
              />
            </th>
            <th className="f-name">Column</th>
            <th>Type, remark</th>
            <th className="f-dist">Distribution</th>
            <th className="f-words">
              <span className="visually-hidden">In words</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => {
            const barred = barredBecause(column, form.target);
            const on = form.features.has(column.name);
            const remark = barred === null ? column.remark : null;
            return (
              <tr key={column.name} className={on ? undefined : 'off'}>
                <td>
                  <Checkbox
                    label={column.name}
                    checked={on}
                    disabled={barred !== null}
                    onChange={(next) => tick(column.name, next)}
                  />
                </td>
                <td>
                  <code title={column.name}>{column.name}</code>
                </td>
                <td className="t2" title={barred ?? remark ?? undefined}>
                  {remark ? (
                    <span className="remark">
                      <Icon name="warning" small />
                      <span>{remark}</span>
                    </span>
                  ) : (
                    (barred ?? typeWords[column.type])
                  )}
                </td>
                <td>
                  <DistributionMark of={column.distribution} />
                </td>
                <td className="right t3 small">
                  {column.missing > 0 && barred === null
                    ? `${percent(column.missing / Math.max(1, version.rows))} missing`
                    : distributionWords(column)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="t3 small">
        {missing === 0 ? 'No missing values.' : `Missing values in ${count(missing)} of them.`} What is fitted to the
        columns, fill-ins and scales, comes from the training subjects only.
      </p>
      {problemsOf(form).features && <p className="bad small">{problemsOf(form).features}</p>}
    </div>
  );
}

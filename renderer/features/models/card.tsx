import { useState } from 'react';
import { columnDecimals, count, plain, plural, pValue, shortHash } from '../../../shared/format.ts';
import type { CardGroups, CardResult, ModelCard } from '../../../shared/model/registry.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { Button } from '../../ui/button.tsx';
import { metricName } from '../../ui/metric-name.ts';
import { Estimated, Missing, TooFew } from '../../ui/number.tsx';
import { ErrorNotice, Notice } from '../../ui/screen.tsx';
import { EditCardDialog } from './edit-card.tsx';

type Props = { name: string; version: number; onProblem: (error: Error | null) => void };

/** The model card as the record drafts it, with what a person wrote; tables by group follow when they are computed. */
export function Card({ name, version, onProblem }: Props) {
  const quick = useCall('models.card', { name, version, groups: false }, { placeholderData: (before) => before });
  const whole = useCall('models.card', { name, version, groups: true }, { placeholderData: (before) => before });
  const [editing, setEditing] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  // Texts and limits of the quick one are newer while the tables are still computed.
  const card = quick.data && {
    ...quick.data,
    groups: whole.data?.groups ?? [],
    limits: (whole.data ?? quick.data).limits,
  };

  async function save() {
    try {
      const written = await api.call('models.saveCard', { name, version });
      onProblem(null);
      setSaved(written?.file ?? null);
    } catch (error) {
      onProblem(error as Error);
    }
  }

  return (
    <section className="card" aria-label="Model card">
      <header>
        <h2>Model card</h2>
        <span className="t3 small">drafted from the record</span>
        <span className="grow" />
        <Button variant="quiet" icon="note" disabled={!card} onClick={() => setEditing(true)}>
          Write
        </Button>
        <Button variant="quiet" icon="file" onClick={() => void save()}>
          Save as Markdown…
        </Button>
      </header>
      {saved && <Notice tone="info">Saved as {saved}. It contains unchecked values and stays within the group.</Notice>}
      {(quick.error ?? whole.error) && <ErrorNotice error={(quick.error ?? whole.error)!} />}
      {card && <CardBody card={card} computing={whole.isFetching && !whole.data} />}
      {card && editing && <EditCardDialog card={card} onClose={() => setEditing(false)} onProblem={onProblem} />}
    </section>
  );
}

function CardBody({ card, computing }: { card: ModelCard; computing: boolean }) {
  const { text, data, training, results, logged, groups, limits } = card;
  return (
    <>
      <Written title="Purpose" text={text.purpose} missing="Nobody has written yet what it is for." />
      {text.notFor !== '' && <Written title="Not for" text={text.notFor} />}
      <h3>Data and training</h3>
      <dl className="card-facts">
        {data && (
          <>
            <dt>Dataset</dt>
            <dd>
              {data.dataset.name} v{data.dataset.version}, {plural(data.rows, data.kind === 'images' ? 'image' : 'row')}
              , {data.subjects === null ? 'persons not known' : plural(data.subjects, 'person')}, content{' '}
              <code>{shortHash(data.dataset.hash)}</code>
            </dd>
            {data.target !== null && (
              <>
                <dt>Target</dt>
                <dd>{data.target}</dd>
              </>
            )}
            {data.features.length > 0 && (
              <>
                <dt>Features</dt>
                <dd>
                  {count(data.features.length)}: {data.features.join(', ')}
                </dd>
              </>
            )}
            {data.split && (
              <>
                <dt>Split</dt>
                <dd>{splitWords(data.split)}</dd>
              </>
            )}
          </>
        )}
        {training && (
          <>
            <dt>Training</dt>
            <dd>{trainingWords(training)}</dd>
          </>
        )}
      </dl>
      <h3>
        Results <span className="t3 small">held out, intervals 95 %</span>
      </h3>
      {results.length === 0 && logged.length === 0 && <p className="t2">No result on held-out data is recorded.</p>}
      {results.map((result) => (
        <Result key={result.run + result.kind} result={result} />
      ))}
      {logged.length > 0 && (
        <p className="t2">
          As logged by the script, without interval:{' '}
          {logged.map(({ key, value }) => `${key} ${plain(value)}`).join(', ')}.
        </p>
      )}
      {(groups.length > 0 || computing) && <h3>By group</h3>}
      {computing && <p className="t3">Computing the intervals of each group.</p>}
      {groups.length > 0 && (
        <div className="card-groups">
          {groups.map((one) => (
            <Groups key={one.column} groups={one} />
          ))}
        </div>
      )}
      <h3>Limits</h3>
      {text.limits !== '' && <p className="card-text">{text.limits}</p>}
      <ul className="card-limits">
        {limits.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {text.contact !== '' && <Written title="Contact" text={text.contact} />}
    </>
  );
}

function Written({ title, text, missing }: { title: string; text: string; missing?: string }) {
  return (
    <>
      <h3>{title}</h3>
      <p className={text === '' ? 't3' : 'card-text'}>{text === '' ? missing : text}</p>
    </>
  );
}

function Result({ result }: { result: CardResult }) {
  const decimals = columnDecimals(
    result.estimates.filter(({ key }) => key !== 'rmse' && key !== 'mae').map(({ estimate }) => estimate),
  );
  const title = resultTitle(result);
  return (
    <table className="plain card-table" aria-label={title}>
      <thead>
        <tr>
          <th>{title}</th>
          <th className="c-main">Value</th>
          <th className="right c-count">Rows</th>
          <th className="right c-count">Persons</th>
          <th>Method</th>
        </tr>
      </thead>
      <tbody>
        {result.estimates.map(({ key, estimate }) => (
          <tr key={key}>
            <td>{metricName(key).name}</td>
            <td>
              <Estimated of={estimate} {...(key === 'rmse' || key === 'mae' ? {} : { decimals })} />
            </td>
            <td className="right">{count(estimate.rows)}</td>
            <td className="right">{estimate.subjects === null ? <Missing /> : count(estimate.subjects)}</td>
            <td className="t3" title={estimate.method}>
              {estimate.method}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function resultTitle({ kind, dataset, seen }: CardResult): string {
  if (kind === 'test') return 'Test part';
  if (kind === 'oof') return 'Out of fold';
  const without = seen === null || seen === 0 ? '' : `, ${plural(seen, 'person')} left out`;
  return `${dataset === null ? 'Other data' : `${dataset.name} v${dataset.version}`}${without}`;
}

function Groups({ groups: { column, metric, groups, p } }: { groups: CardGroups }) {
  const decimals = columnDecimals(groups.flatMap(({ estimate }) => estimate ?? []));
  return (
    <table className="plain card-table" aria-label={`${metric} by ${column}`}>
      <thead>
        <tr>
          <th>
            <code>{column}</code>
          </th>
          <th className="right c-count">Persons</th>
          <th className="c-main">{metricName(metric).name}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ label, rows, subjects, tooFew, estimate }) => (
          <tr key={label}>
            <td title={label}>{label}</td>
            <td className="right">{count(subjects ?? rows)}</td>
            <td>{tooFew ? <TooFew /> : <Estimated of={estimate} decimals={decimals} />}</td>
          </tr>
        ))}
      </tbody>
      {p !== null && <caption className="t3 small">The same in all groups: {pValue(p)}</caption>}
    </table>
  );
}

function splitWords(split: NonNullable<NonNullable<ModelCard['data']>['split']>): string {
  const parts =
    split.folds === null
      ? `${count(split.train)} / ${count(split.validation)} / ${count(split.test)} ${split.unit}`
      : `${split.folds} folds, ${count(split.test)} ${split.unit}`;
  return split.unit === 'subjects' ? `${parts}; ${count(split.subjectsOverlap)} on both sides` : parts;
}

function trainingWords({ recipe, engine, seed, appVersion }: NonNullable<ModelCard['training']>): string {
  return [
    recipe === null ? 'a command' : `recipe ${recipe}`,
    ...(engine === null ? [] : [`engine ${engine}`]),
    ...(seed === null ? [] : [`seed ${seed}`]),
    ...(appVersion === null ? [] : [`Wardbook ${appVersion}`]),
  ].join(', ');
}

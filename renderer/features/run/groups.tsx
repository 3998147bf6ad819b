import { useMemo, useState } from 'react';
import type { Subgroups } from '../../../shared/contract/runs.ts';
import { columnDecimals, count, fixed, interval, plural, pValue } from '../../../shared/format.ts';
import type { ColumnProfile } from '../../../shared/model/dataset.ts';
import type { Estimate } from '../../../shared/model/estimate.ts';
import { defaultPolicy } from '../../../shared/model/policy.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { type DotRow, dotRowsFigure } from '../../figures/dot-rows.ts';
import { useCall } from '../../query.ts';
import { mainMetric, metricName } from '../../ui/metric-name.ts';
import { Plot } from '../../ui/plot.tsx';
import { EmptyState, ErrorNotice, ProgressLine } from '../../ui/screen.tsx';
import { Select } from '../../ui/select.tsx';
import { useFigureTheme } from '../../ui/theme.ts';

const binChoices = ['2', '3', '4', '5', '10'];

/** How good the model is in each group of persons: any column of the dataset, numbers in bins of equally many rows. */
export function GroupsTab({ run }: { run: RunDetail }) {
  const { dataset } = run;
  const version = useCall(
    'datasets.show',
    { name: dataset?.name ?? '', version: dataset?.version ?? 1 },
    { enabled: dataset !== null },
  );
  const columns = useMemo(() => groupable(version.data?.columns ?? [], run.target), [version.data, run.target]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [bins, setBins] = useState('4');
  const [metric, setMetric] = useState<string | null>(null);
  const column = columns.find(({ name }) => name === chosen) ?? columns[0];
  const groups = useCall(
    'runs.subgroups',
    { id: run.id, column: column?.name ?? '', bins: column && isBinned(column, bins) ? Number(bins) : null },
    { enabled: column !== undefined && run.status === 'finished', placeholderData: (old) => old },
  );
  if (run.status !== 'finished' || dataset === null || groups.error?.code === 'NO_PREDICTIONS') {
    return (
      <div className="run-content">
        <EmptyState>Groups are shown for a run that has come to its end with held-out predictions.</EmptyState>
      </div>
    );
  }
  const data = groups.data;
  const metrics = data ? metricsOf(data, run) : [];
  const shown =
    metrics.find((key) => key === metric) ?? metrics.find((key) => key === mainMetric(run.task)) ?? metrics[0];
  return (
    <div className="run-content">
      <div className="run-tool">
        <span className="t3 small">Group by</span>
        <div className="groups-column">
          <Select
            label="Group by"
            mono
            value={column?.name ?? null}
            options={columns.map(({ name, type }) => ({ value: name, label: name, detail: type }))}
            onChange={setChosen}
          />
        </div>
        {column && isNumber(column) && column.distinct > 2 && (
          <>
            <span className="t3 small">in bins</span>
            <div className="groups-bins">
              <Select
                label="Bins"
                value={bins}
                options={binChoices.map((value) => ({ value, label: value }))}
                onChange={setBins}
              />
            </div>
          </>
        )}
        <span className="grow" />
        {metrics.length > 0 && (
          <div className="run-tool-end">
            <span className="t3 small">Metric</span>
            <div className="groups-metric">
              <Select
                label="Metric"
                value={shown ?? null}
                options={metrics.map((key) => ({ value: key, label: metricName(key).name }))}
                onChange={setMetric}
              />
            </div>
          </div>
        )}
      </div>
      <ProgressLine busy={groups.isFetching} />
      {(version.error ?? groups.error) && <ErrorNotice error={(version.error ?? groups.error)!} />}
      {data && shown === undefined && (
        <EmptyState>
          Every group has fewer than {defaultPolicy.k} {data.groups[0]?.subjects === null ? 'rows' : 'subjects'}: too
          few for numbers.
        </EmptyState>
      )}
      {data && shown !== undefined && (
        <GroupsPlot data={data} metric={shown} overall={run.estimates[`${data.part}/${shown}`]} />
      )}
    </div>
  );
}

/** Keys without part that at least one group has, in the order of the run's own estimates. */
function metricsOf({ part, groups }: Subgroups, run: RunDetail): string[] {
  return Object.keys(run.estimates).flatMap((key) => {
    const own = key.startsWith(`${part}/`) ? key.slice(part.length + 1) : '';
    return own !== '' && groups.some(({ estimates }) => estimates[own]?.value != null) ? [own] : [];
  });
}

const isBinned = (column: ColumnProfile, bins: string) => isNumber(column) && column.distinct > Number(bins);
const isNumber = ({ type }: ColumnProfile) => type === 'number' || type === 'integer';

/** Columns that make groups, those with levels first: nobody's identity, no free text, and not the target. */
function groupable(columns: readonly ColumnProfile[], target: string | null): ColumnProfile[] {
  const possible = columns.filter(
    ({ name, type, role, distinct }) =>
      name !== target &&
      distinct > 1 &&
      !['identifier', 'subject', 'free-text', 'split'].includes(role) &&
      !['date', 'text', 'image'].includes(type),
  );
  return [...possible.filter((column) => !isNumber(column)), ...possible.filter(isNumber)];
}

function GroupsPlot({ data, metric, overall }: { data: Subgroups; metric: string; overall: Estimate | undefined }) {
  const theme = useFigureTheme();
  const { name } = metricName(metric);
  const figure = useMemo(() => {
    const known = data.groups.flatMap(({ estimates }) => estimates[metric] ?? []);
    const decimals = columnDecimals(overall ? [...known, overall] : known);
    const rows = data.groups.map(({ label, rows: n, subjects, tooFew, estimates }): DotRow => {
      const estimate = tooFew ? undefined : estimates[metric];
      const value = estimate?.value ?? null;
      const bounds =
        estimate && estimate.low !== null && estimate.high !== null
          ? interval(estimate.low, estimate.high, decimals)
          : '';
      const written = value === null ? '' : `${fixed(value, decimals)} ${bounds}`;
      return {
        label,
        value,
        low: estimate?.low ?? null,
        high: estimate?.high ?? null,
        instead: tooFew ? 'too few' : 'not defined here',
        columns: [written, count(subjects ?? n)],
        hover: `${label}: ${name} ${written}, ${estimate?.method ?? ''}`,
      };
    });
    return dotRowsFigure(theme, rows, {
      name,
      reference:
        overall?.value == null ? null : { value: overall.value, label: `all ${fixed(overall.value, decimals)}` },
      heads: [name, data.groups[0]?.subjects === null ? 'rows' : 'subjects'],
    });
  }, [data, metric, overall, theme, name]);
  const method = data.groups.flatMap(({ estimates }) => estimates[metric]?.method ?? [])[0];
  return (
    <>
      <Plot
        figure={figure}
        title={`${name} by ${data.column}`}
        caption={`95 %${method ? `, ${method}` : ''}; dashed: everybody`}
        summary={heterogeneitySentence(data, metric)}
      />
      <p className="t2 groups-sentence">{heterogeneitySentence(data, metric)}</p>
      {data.groups.some(({ tooFew }) => tooFew) && (
        <p className="t3 small">
          too few: under {plural(defaultPolicy.k, data.groups[0]?.subjects === null ? 'row' : 'subject')}, no number is
          shown.
        </p>
      )}
    </>
  );
}

/** What may be concluded of the groups together. */
function heterogeneitySentence({ heterogeneity }: Subgroups, metric: string): string {
  if (!heterogeneity) return 'There are not two groups whose numbers could be compared.';
  const about =
    heterogeneity.metric === metric
      ? 'The groups differ'
      : `In ${metricName(heterogeneity.metric).name} the groups differ`;
  const test = `${heterogeneity.method}, ${pValue(heterogeneity.p)}`;
  return heterogeneity.p < 0.05
    ? `${about} more than chance alone would explain (${test}). Looking at many columns finds such a difference by luck.`
    : `${about} no more than chance would explain (${test}); with few persons a true difference can stay hidden.`;
}

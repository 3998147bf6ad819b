import { Link } from 'wouter';
import { columnDecimals, duration, fixed, MISSING, plain, when } from '../../../shared/format.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import type { SeriesColumns } from '../../../shared/model/series.ts';
import { heldOut, metricName } from '../../ui/metric-name.ts';
import { to } from '../../ui/navigation.ts';
import { Estimated, Missing, SoFar } from '../../ui/number.tsx';
import { originSentence, originWords } from '../../ui/origin-words.ts';
import { Status } from '../../ui/status.tsx';
import { Spark } from './spark.tsx';
import { keyedField } from './view.ts';

export type CellContext = {
  /** Digits of each metric column: those of its tightest interval. */
  decimals: Map<string, number>;
  series: SeriesColumns | null;
  slot: number | null;
  now: number;
};

/** One column of the runs table. `id` is what a saved view keeps; `sort` a field of the filter language. */
export type RunColumn = {
  id: string;
  label: string;
  unit?: string;
  width: number;
  right?: boolean;
  sort?: string;
  cell: (run: RunSummary, context: CellContext) => React.ReactNode;
};

const quiet = (text: string | null) =>
  text === null || text === '' ? <Missing /> : <span className="t2">{text}</span>;

/** Columns every vault has. */
const fixedColumns: RunColumn[] = [
  { id: 'name', label: 'Name', width: 184, sort: 'name', cell: () => null },
  { id: 'status', label: 'Status', width: 132, sort: 'status', cell: (run) => <Status run={run} /> },
  { id: 'recipe', label: 'Recipe', width: 78, sort: 'recipe', cell: (run) => quiet(run.recipe) },
  {
    id: 'spark',
    label: 'Loss',
    unit: 'val.',
    width: 88,
    cell: (run, { series, slot }) => series && <Spark run={run} series={series} slot={slot} />,
  },
  {
    id: 'dataset',
    label: 'Dataset',
    width: 122,
    sort: 'dataset.name',
    cell: (run) =>
      run.dataset ? (
        <span className="t2">
          {run.dataset.name} <span className="t3">v{run.dataset.version}</span>
        </span>
      ) : (
        <Missing />
      ),
  },
  { id: 'engine', label: 'Engine', width: 104, sort: 'engine', cell: (run) => quiet(run.engine) },
  { id: 'device', label: 'Device', width: 170, cell: (run) => quiet(run.device) },
  {
    id: 'seed',
    label: 'Seed',
    width: 64,
    right: true,
    sort: 'seed',
    cell: (run) => (run.seed === null ? <Missing /> : run.seed),
  },
  { id: 'study', label: 'Study', width: 130, sort: 'study', cell: (run) => quiet(run.study) },
  {
    id: 'parent',
    label: 'Comes from',
    width: 190,
    cell: (run) =>
      run.parent && run.origin ? (
        <Link href={to.run(run.parent)} className="from-link" title={originSentence(run.origin)}>
          <span className="t3">{originWords[run.origin.kind]}, </span>
          {run.origin.name}
        </Link>
      ) : (
        <Missing />
      ),
  },
  { id: 'note', label: 'Note', width: 200, sort: 'note', cell: (run) => quiet(run.note) },
  {
    id: 'duration',
    label: 'Duration',
    width: 84,
    right: true,
    sort: 'duration',
    cell: (run) =>
      run.startedAt === null || run.endedAt === null ? (
        <Missing />
      ) : (
        <span className="t2">{duration(run.endedAt - run.startedAt)}</span>
      ),
  },
  {
    id: 'started',
    label: 'Started',
    width: 92,
    right: true,
    sort: 'started',
    cell: (run, { now }) => <span className="t3">{when(run.startedAt ?? run.createdAt, now)}</span>,
  },
];

/** A metric with its interval where it is an estimate; a series shows its latest value, "so far" while the run trains. */
function metricColumn(key: string): RunColumn {
  const id = keyedField('metrics', key);
  const { name, part } = metricName(key);
  const whole = !key.includes('/');
  return {
    id,
    label: name,
    unit: whole ? 'held out' : part,
    width: 120,
    sort: id,
    cell: (run, { decimals }) => {
      const digits = decimals.get(id);
      const estimate = whole ? heldOut(run.estimates, key) : run.estimates[key];
      if (estimate) return <Estimated of={estimate} decimals={digits} />;
      const latest = whole ? (run.metrics[key] ?? run.metrics[`validation/${key}`]) : run.metrics[key];
      if (latest === undefined) return <Missing />;
      if (run.status === 'running') return <SoFar value={latest} decimals={digits} />;
      // A value of a run that was cut short stands for validation, not for the held-out part.
      if (whole && run.metrics[key] === undefined) return <Missing />;
      return <span className="n">{Number.isFinite(latest) ? fixed(latest, digits ?? 3) : plain(latest)}</span>;
    },
  };
}

function paramColumn(key: string): RunColumn {
  const id = keyedField('params', key);
  return {
    id,
    label: key,
    width: 84,
    right: true,
    sort: id,
    cell: (run) => {
      const value = run.params[key];
      if (value === undefined) return <Missing />;
      return typeof value === 'number' ? plain(value) : String(value);
    },
  };
}

function tagColumn(key: string): RunColumn {
  const id = keyedField('tags', key);
  return { id, label: key, unit: 'tag', width: 100, sort: id, cell: (run) => quiet(run.tags[key] ?? null) };
}

/** All columns there are for the keys of this vault; the held-out metrics come first among the metrics. */
export function allColumns(keys: { params: string[]; metrics: string[]; tags: string[] }): Map<string, RunColumn> {
  const held = new Set(['auc', 'brier']);
  for (const key of keys.metrics) {
    const [part, own] = key.split('/', 2);
    if (own !== undefined && (part === 'test' || part === 'oof')) held.add(own);
  }
  const columns = [
    ...fixedColumns,
    ...[...held].map(metricColumn),
    ...keys.metrics.map(metricColumn),
    ...keys.params.map(paramColumn),
    ...keys.tags.map(tagColumn),
  ];
  return new Map(columns.map((column) => [column.id, column]));
}

/** Digits of every metric column over the rows at hand. */
export function decimalsOf(columns: readonly RunColumn[], runs: readonly RunSummary[]): Map<string, number> {
  const decimals = new Map<string, number>();
  for (const { id } of columns) {
    const key = /^metrics\.`?(.+?)`?$/.exec(id)?.[1];
    if (key === undefined) continue;
    const own = runs.flatMap((run) => (key.includes('/') ? run.estimates[key] : heldOut(run.estimates, key)) ?? []);
    if (own.length > 0) decimals.set(id, columnDecimals(own));
  }
  return decimals;
}

/** The heading of a column in words: for the chooser and for assistive technology. */
export function columnName(column: RunColumn): string {
  return column.unit ? `${column.label} (${column.unit})` : column.label || MISSING;
}

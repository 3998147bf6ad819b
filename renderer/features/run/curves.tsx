import './curves.css';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { count, plain, plural } from '../../../shared/format.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import type { SeriesColumns } from '../../../shared/model/series.ts';
import { type Curve, type CurveOptions, curvesFigure } from '../../figures/curves.ts';
import type { FigureTheme } from '../../figures/figure.ts';
import { useCall } from '../../query.ts';
import { LabelledCheckbox, Segmented } from '../../ui/choice.tsx';
import { bestAt, heldOut, mainMetric, metricName } from '../../ui/metric-name.ts';
import { to } from '../../ui/navigation.ts';
import { Estimated, Missing } from '../../ui/number.tsx';
import { Plot } from '../../ui/plot.tsx';
import { EmptyState, ErrorNotice, Notice } from '../../ui/screen.tsx';
import { slotStyle } from '../../ui/slots.ts';
import { useFigureTheme } from '../../ui/theme.ts';
import { type Family, families, seriesName } from './curve-families.ts';

const POINTS = 1_600;
const FIRST_SHOWN = 6;
const HEIGHT = 260;

type Props = {
  run: RunDetail;
  slot: number | null;
  /** The run was still training when this screen was opened. */
  cameLive: boolean;
};

/** The run's metrics over its training, live while it trains; any of them, smoothed or on log axes when asked. */
export function CurvesTab({ run, slot, cameLive }: Props) {
  const waiting = run.status === 'queued' || run.status === 'running';
  // While a run goes on a first point is the start of a curve; in one that ended it is a value.
  const once = useMemo(() => new Set(waiting ? [] : run.loggedOnce), [waiting, run.loggedOnce]);
  const all = useMemo(() => families(run.seriesKeys.filter((key) => !once.has(key))), [run.seriesKeys, once]);
  const [chosen, setChosen] = useState<string[] | null>(null);
  const [smoothing, setSmoothing] = useState(0);
  const [logX, setLogX] = useState(false);
  const [logY, setLogY] = useState(false);
  const [across, setAcross] = useState<CurveOptions['across']>('step');
  const shown = all.filter(({ name }, at) => (chosen === null ? at < FIRST_SHOWN : chosen.includes(name)));
  const keys = shown.flatMap((family) => family.keys);
  const series = useCall(
    'runs.series',
    { ids: [run.id], keys, maxPoints: POINTS },
    { enabled: keys.length > 0, placeholderData: (old) => old },
  );
  const theme = useFigureTheme();

  const values = families([...once]).flatMap((family) => family.keys);
  if (all.length === 0 && values.length === 0) {
    return (
      <div className="run-content">
        <EmptyState>
          {waiting ? 'The first metric has not arrived yet.' : 'This run wrote no metric over time.'}
        </EmptyState>
      </div>
    );
  }
  const byKey = new Map(series.data?.[0]?.series.map((one) => [one.key, one]));
  const names = shown.map(({ name }) => name);
  if (all.length === 0) {
    return (
      <div className="run-content">
        <Values run={run} keys={values} />
      </div>
    );
  }
  return (
    <div className="run-content">
      <div className="run-tool">
        {all.length > 1 && (
          <div className="curve-metrics">
            {all.map(({ name }) => (
              <LabelledCheckbox
                key={name}
                checked={names.includes(name)}
                onChange={(on) => setChosen(on ? [...names, name] : names.filter((one) => one !== name))}
              >
                {metricName(name).name}
              </LabelledCheckbox>
            ))}
          </div>
        )}
        <span className="grow" />
        <label className="curve-smoothing">
          <span className="t3 small">Smoothing</span>
          <input
            type="range"
            min={0}
            max={0.98}
            step={0.02}
            value={smoothing}
            onChange={(event) => setSmoothing(event.target.valueAsNumber)}
          />
          <span className="small num">{smoothing === 0 ? 'none' : smoothing.toFixed(2)}</span>
        </label>
        <Segmented
          label="Horizontal axis"
          value={across}
          options={[
            { value: 'step', label: 'Step' },
            { value: 'time', label: 'Time' },
          ]}
          onChange={setAcross}
        />
        <LabelledCheckbox checked={logX} onChange={setLogX}>
          log x
        </LabelledCheckbox>
        <LabelledCheckbox checked={logY} onChange={setLogY}>
          log y
        </LabelledCheckbox>
      </div>
      {series.error && <ErrorNotice error={series.error} />}
      {cameLive && run.status === 'finished' && <Finished run={run} />}
      <div className="curve-grid">
        {shown.map((family) => (
          <FamilyPlot
            key={family.name}
            family={family}
            series={family.keys.flatMap((key) => byKey.get(key) ?? [])}
            options={{
              height: HEIGHT,
              smoothing,
              logX,
              logY,
              across,
              stepName: run.recipe === 'mlp' ? 'epoch' : 'step',
            }}
            colour={colourOf(theme, slot)}
            theme={theme}
          />
        ))}
      </div>
      {values.length > 0 && <Values run={run} keys={values} />}
    </div>
  );
}

/** Metrics with one point each: a table says more than a chart with a dot. */
function Values({ run, keys }: { run: RunDetail; keys: readonly string[] }) {
  return (
    <section className="run-section">
      <h3>
        Logged once <span className="t3 small">{plural(keys.length, 'metric')}</span>
      </h3>
      <table className="plain curve-values" aria-label="Metrics logged once">
        <thead>
          <tr>
            <th>Metric</th>
            <th className="right">Value</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => {
            const { name, part } = metricName(key);
            const value = run.metrics[key];
            return (
              <tr key={key}>
                <td>
                  {name}
                  {part && <span className="t3"> {part}</span>}
                </td>
                <td className="right">{value === undefined ? <Missing /> : plain(value)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** The screen does not change under a person when the run ends: it says so and shows the way. */
function Finished({ run }: { run: RunDetail }) {
  const key = mainMetric(run.task);
  const main = heldOut(run.estimates, key);
  return (
    <Notice tone="ok">
      Done
      {main && (
        <>
          {`: ${metricName(key).name} `}
          <Estimated of={main} />
        </>
      )}
      . <Link href={to.run(run.id, 'evaluation')}>See the evaluation</Link>
    </Notice>
  );
}

function colourOf(theme: FigureTheme, slot: number | null): string {
  const colour = slot === null ? null : slotStyle(slot).colour;
  return colour === null ? theme.accent : theme.series[colour]!;
}

type FamilyProps = {
  family: Family;
  series: SeriesColumns[];
  options: CurveOptions;
  colour: string;
  theme: FigureTheme;
};

function FamilyPlot({ family, series, options, colour, theme }: FamilyProps) {
  const { height, smoothing, logX, logY, across, stepName } = options;
  const figure = useMemo(() => {
    const curves = series.map((one, at): Curve => {
      const { fold, part } = seriesName(one.key);
      const own = part === '' && series.length > 1 ? theme.series[at % 8]! : colour;
      const label = fold === null ? metricName(one.key).part || family.name : `fold ${fold}`;
      return { series: one, label, colour: own, faint: fold !== null, ...(part === 'train' ? { dash: 'dot' } : {}) };
    });
    return curvesFigure(theme, curves, { height, smoothing, logX, logY, across, stepName, best: bestAt(family.name) });
  }, [series, family.name, colour, theme, height, smoothing, logX, logY, across, stepName]);
  const { name } = metricName(family.name);
  return <Plot figure={figure} title={name} caption={captionOf(series, smoothing)} />;
}

/** What was done to the points before they were drawn. */
function captionOf(series: readonly SeriesColumns[], smoothing: number): string {
  const reduced = series.filter((one) => one.downsampled);
  const notes = reduced
    .slice(0, 1)
    .map((one) => `${count(one.count)} steps shown as ${count(one.ranges)} ranges, smallest to largest`);
  if (series.some((one) => seriesName(one.key).part === 'train')) notes.push('dotted: training');
  if (series.some((one) => seriesName(one.key).fold !== null)) notes.push('thin: folds');
  if (smoothing > 0) notes.push('smoothed; the raw line stays behind');
  return notes.join('; ');
}

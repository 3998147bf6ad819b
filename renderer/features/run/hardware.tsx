import { useMemo } from 'react';
import type { RunDetail } from '../../../shared/model/run.ts';
import type { SeriesColumns } from '../../../shared/model/series.ts';
import type { FigureTheme } from '../../figures/figure.ts';
import { stripFigure } from '../../figures/strip.ts';
import { useCall } from '../../query.ts';
import { Plot } from '../../ui/plot.tsx';
import { EmptyState, ErrorNotice } from '../../ui/screen.tsx';
import { useFigureTheme } from '../../ui/theme.ts';
import { type Counter, counterOf } from './counters.ts';

const POINTS = 1_200;

/** What the run and the machine did while it trained, counter under counter on one time axis. */
export function HardwareTab({ run }: { run: RunDetail }) {
  const keys = run.seriesKeys.filter((key) => key.startsWith('system/'));
  const theme = useFigureTheme();
  const series = useCall(
    'runs.series',
    { ids: [run.id], keys, maxPoints: POINTS },
    { enabled: keys.length > 0, placeholderData: (old) => old },
  );
  if (keys.length === 0) {
    return (
      <div className="run-content">
        <EmptyState>
          Nothing was measured: the run ended within the first second, or no counter could be read.
        </EmptyState>
      </div>
    );
  }
  const all = series.data?.[0]?.series ?? [];
  const counters = all
    .map((one) => ({ one, counter: counterOf(one.key) }))
    .sort((a, b) => a.counter.rank - b.counter.rank);
  return (
    <div className="run-content">
      {series.error && <ErrorNotice error={series.error} />}
      {counters.map(({ one, counter }, at) => (
        <Strip key={one.key} series={one} counter={counter} labelled={at === counters.length - 1} theme={theme} />
      ))}
    </div>
  );
}

function Strip({
  series,
  counter,
  labelled,
  theme,
}: {
  series: SeriesColumns;
  counter: Counter;
  labelled: boolean;
  theme: FigureTheme;
}) {
  const { name, unit, top, caption } = counter;
  const figure = useMemo(() => {
    const values = Array.from(series.values, (value) => (Number.isFinite(value) ? value : null));
    return stripFigure(
      theme,
      { times: series.times, values },
      { height: labelled ? 112 : 86, top, unit, name, labelled },
    );
  }, [theme, series, name, unit, top, labelled]);
  return <Plot figure={figure} title={name} caption={`${unit}${caption ? `; ${caption}` : ''}`} />;
}

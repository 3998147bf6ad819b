import { useMemo, useState } from 'react';
import { columnDecimals, count, fixed, interval, plural } from '../../../shared/format.ts';
import type { Importance } from '../../../shared/model/importance.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { type DotRow, dotRowsFigure } from '../../figures/dot-rows.ts';
import { Plot } from '../../ui/plot.tsx';
import { EmptyState } from '../../ui/screen.tsx';
import { useFigureTheme } from '../../ui/theme.ts';

const FIRST_SHOWN = 20;

/** What each feature is worth on held-out data: how much worse the model gets when it is shuffled. */
export function FeaturesTab({ run }: { run: RunDetail }) {
  if (run.importance === null) {
    return (
      <div className="run-content">
        <EmptyState>
          {run.status === 'running' || run.status === 'queued'
            ? 'Features are weighed when the run has finished.'
            : 'Nobody asked this run what its features are worth: see Importance repeats under Train, Reproducibility and resources.'}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="run-content">
      <FeaturesPlot importance={run.importance} />
    </div>
  );
}

function FeaturesPlot({ importance }: { importance: Importance }) {
  const theme = useFigureTheme();
  const [all, setAll] = useState(false);
  const { metric, baseline, rows, subjects, repeats, method, features } = importance;
  const lost = metric === 'auc' ? 'AUC lost' : 'RMSE gained';
  const sorted = useMemo(() => [...features].sort((a, b) => b.mean - a.mean), [features]);
  const shown = all ? sorted : sorted.slice(0, FIRST_SHOWN);
  const figure = useMemo(() => {
    const decimals = Math.min(3, columnDecimals(sorted.map(({ mean, low, high }) => ({ value: mean, low, high }))));
    const drawn = shown.map(({ name, mean, sd, low, high }): DotRow => {
      const bounds = low === null || high === null ? '' : ` ${interval(low, high, decimals)}`;
      const spread = sd === null ? '' : `± ${fixed(sd, decimals)}`;
      return {
        label: name,
        value: mean,
        low,
        high,
        columns: [`${fixed(mean, decimals)}${bounds}`, spread],
        hover: `${name}: ${lost} ${fixed(mean, decimals)}${bounds}`,
      };
    });
    return dotRowsFigure(theme, drawn, {
      name: lost,
      reference: { value: 0, label: 'not needed' },
      heads: [lost, 'sd of repeats'],
    });
  }, [theme, shown, sorted, lost]);
  const who = subjects === null ? plural(rows, 'row') : plural(subjects, 'subject');
  return (
    <>
      <Plot
        figure={figure}
        title="Features"
        caption={`${lost} when shuffled on ${who} held out, mean of ${plural(repeats, 'repeat')}; 95 %`}
        summary={`${sorted[0]?.name ?? 'No feature'} matters most.`}
      />
      <p className="t2 groups-sentence">
        Without shuffling the {metric === 'auc' ? 'AUC' : 'RMSE'} is {fixed(baseline, 3)}. A feature that another one
        stands in for loses little: what counts is what the model cannot do without. Method: {method}.
      </p>
      {sorted.length > FIRST_SHOWN && (
        <button type="button" className="link small" onClick={() => setAll(!all)}>
          {all ? `Show the first ${FIRST_SHOWN}` : `Show all ${count(sorted.length)}`}
        </button>
      )}
    </>
  );
}

import { useMemo } from 'react';
import type { HardwareSample } from '../../../shared/model/hardware.ts';
import { resourceFigure } from '../../figures/resource.ts';
import { Plot } from '../../ui/plot.tsx';
import { useFigureTheme } from '../../ui/theme.ts';
import { thinned } from './history.ts';

type Props = {
  title: string;
  /** The value now, as a person reads it. */
  now: string;
  /** The device, or what the value is of. */
  detail: string;
  unit: string;
  max: number | null;
  samples: readonly HardwareSample[];
  read: (sample: HardwareSample) => number | null;
};

/** One counter: what it says now, and its course. */
export function Resource({ title, now, detail, unit, max, samples, read }: Props) {
  const theme = useFigureTheme();
  const figure = useMemo(() => {
    const drawn = thinned(samples);
    return resourceFigure({ at: drawn.map((sample) => sample.at), values: drawn.map(read), unit, max }, theme);
  }, [samples, read, unit, max, theme]);
  return (
    <section aria-label={title}>
      <div className="hardware-resource">
        <header>
          <h2>{title}</h2>
          <div className="hardware-now">{now}</div>
          <p>{detail}</p>
        </header>
        <Plot figure={figure} title={unit} summary={`${title}: ${now}`} />
      </div>
    </section>
  );
}

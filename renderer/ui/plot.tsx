import './plot.css';
import { useEffect, useRef, useState } from 'react';
import type { Figure } from '../figures/figure.ts';
import type { Mark } from '../figures/marks.ts';
import { DataTable } from './data-table.tsx';
import { loadPlotly, type PlotlyBundle, whenPlotlyLoaded } from './load-plotly.ts';
import { PlotMarks } from './plot-marks.tsx';
import { ErrorNotice } from './screen.tsx';

type Props = {
  figure: Figure;
  title: string;
  /** What the vertical axis is and how it was made, in the same line as the title. */
  caption?: React.ReactNode;
  /** Pixels; the width of the place otherwise. */
  width?: number;
  /** For those who do not see it: the chart in one sentence. */
  summary?: string;
  /** What moves over the chart without drawing it again. */
  marks?: readonly Mark[];
  /** At the right end of the title line. */
  tools?: React.ReactNode;
  /** Under the chart, aligned with it: a slider that is the chart's own axis. */
  below?: React.ReactNode;
  /** For figures that are not Wardbook's own. */
  bundle?: PlotlyBundle;
};

/**
 * The only place that mounts plotly. Draws at most once per frame; `t` while the chart has the focus or the pointer shows
 * the numbers behind it as a table, and back.
 */
export function Plot({ figure, title, caption, width, summary, marks, tools, below, bundle = 'basic' }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  const [failed, setFailed] = useState(false);
  const [measured, setMeasured] = useState(0);
  const drawn = width ?? measured;

  useEffect(() => {
    const element = place.current;
    if (!element || width !== undefined) return;
    const observer = new ResizeObserver(([entry]) => setMeasured(Math.floor(entry!.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [width]);

  useEffect(() => {
    const element = place.current;
    if (!element || asTable || drawn === 0) return;
    let dropped = false;
    const frame = requestAnimationFrame(async () => {
      try {
        const plotly = await loadPlotly(bundle);
        if (dropped || !element.isConnected) return;
        await plotly.react(
          element,
          figure.data,
          { ...figure.layout, width: drawn },
          { displayModeBar: false, responsive: false, showTips: false, doubleClick: 'reset', scrollZoom: false },
        );
      } catch {
        setFailed(true);
      }
    });
    return () => {
      dropped = true;
      cancelAnimationFrame(frame);
    };
  }, [figure, drawn, asTable, bundle]);

  useEffect(() => {
    const element = place.current;
    return () => {
      if (element) whenPlotlyLoaded((plotly) => plotly.purge(element), bundle);
    };
  }, [bundle]);

  return (
    <figure
      className="plot"
      style={width === undefined ? undefined : { width }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: `t` shows the chart's table, so the chart takes the focus
      tabIndex={0}
      aria-label={`${title}. ${summary ?? ''} Press t for the numbers as a table.`}
      onKeyDown={(event) => {
        if (event.key !== 't' || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        setAsTable(!asTable);
      }}
    >
      <figcaption>
        <h3>{title}</h3>
        {caption !== undefined && <span className="t3 small plot-caption">{caption}</span>}
        {tools && <span className="plot-tools">{tools}</span>}
      </figcaption>
      {failed && (
        <ErrorNotice error={{ message: 'This chart could not be drawn. Press t for its numbers as a table.' }} />
      )}
      {asTable ? (
        <div style={{ height: figure.layout.height }} className="plot-table">
          <DataTable table={figure.table} label={title} />
        </div>
      ) : null}
      <div className="plot-over" hidden={asTable}>
        <div ref={place} className="plot-place" style={{ height: figure.layout.height }} />
        {marks && drawn > 0 && <PlotMarks layout={figure.layout} width={drawn} marks={marks} />}
      </div>
      {!asTable && below}
    </figure>
  );
}

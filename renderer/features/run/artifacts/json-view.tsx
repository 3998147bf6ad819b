import { useMemo } from 'react';
import { Plot } from '../../../ui/plot.tsx';
import { useFigureTheme } from '../../../ui/theme.ts';
import { foreignFigure, isPlotlyFigure } from './foreign-figure.ts';
import { tableOfJson } from './read-table.ts';
import { TableView } from './table-view.tsx';
import { Lines } from './text-view.tsx';

/** JSON as a table or a chart where it is one, otherwise as text with its structure in lines. */
export function JsonView({ text, name }: { text: string; name: string }) {
  const parsed = useMemo(() => parse(text), [text]);
  const table = useMemo(() => (parsed === undefined ? null : tableOfJson(parsed)), [parsed]);
  if (isPlotlyFigure(parsed)) return <PlotlyView figure={parsed} name={name} />;
  if (table) return <TableView table={table} cut={null} />;
  return <Lines text={parsed === undefined ? text : JSON.stringify(parsed, null, 2)} label={name} />;
}

function PlotlyView({ figure, name }: { figure: Parameters<typeof foreignFigure>[0]; name: string }) {
  const theme = useFigureTheme();
  const drawn = useMemo(() => foreignFigure(figure, theme), [figure, theme]);
  return (
    <div className="artifact-plot">
      {drawn.leftOut.length > 0 && <p className="t2 small">{drawn.leftOut.join(' ')}</p>}
      <Plot figure={drawn.figure} title={drawn.title ?? name.split('/').at(-1)!} bundle="cartesian" />
    </div>
  );
}

/** NaN and Infinity, which Python writes into JSON, become null. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(withoutNonFinite(text));
    } catch {
      return undefined;
    }
  }
}

/** Bare words outside of strings only. */
function withoutNonFinite(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (part) => (part.startsWith('"') ? part : 'null'));
}

import type { Layout } from '../figures/figure.ts';
import { type Mark, placeMarks } from '../figures/marks.ts';

/** Marks over a chart: they follow the pointer or a slider at no cost to the chart under them. */
export function PlotMarks({ layout, width, marks }: { layout: Layout; width: number; marks: readonly Mark[] }) {
  return (
    <svg className="plot-marks" width={width} height={layout.height} aria-hidden="true">
      {placeMarks(layout, width, marks).map((mark, at) => {
        // The same marks come in the same order each time: their place is their identity.
        const key = `${mark.kind} ${at}`;
        if (mark.kind === 'point') return <circle key={key} cx={mark.x} cy={mark.y} r={5} />;
        if (mark.kind === 'note') {
          return (
            <text key={key} x={mark.x} y={mark.y} textAnchor="end" dominantBaseline="middle">
              {mark.text}
            </text>
          );
        }
        return <line key={key} className={mark.tone} x1={mark.x0} y1={mark.y0} x2={mark.x1} y2={mark.y1} />;
      })}
    </svg>
  );
}

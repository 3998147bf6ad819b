import './threshold-slider.css';
import { LEFT, RIGHT } from '../../figures/frame.ts';

const KNOB = 18;
const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];

type Props = { value: number; chosen: number | null; onChange: (threshold: number) => void };

/** The histogram's own axis: its ends lie exactly under those of the chart. The threshold chosen on validation is marked. */
export function ThresholdSlider({ value, chosen, onChange }: Props) {
  return (
    <div className="threshold" style={{ marginLeft: LEFT, marginRight: RIGHT }}>
      <div className="threshold-track" aria-hidden="true">
        <i style={{ left: `${value * 100}%` }} />
      </div>
      {chosen !== null && (
        <span className="threshold-mark" style={{ left: `${chosen * 100}%` }} title="chosen on validation" />
      )}
      <input
        type="range"
        aria-label="Threshold"
        aria-valuetext={value.toFixed(2)}
        min={0}
        max={1}
        step={0.01}
        value={value}
        style={{ left: -KNOB / 2, right: -KNOB / 2, width: `calc(100% + ${KNOB}px)` }}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
      <div className="threshold-ticks" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} style={{ left: `${tick * 100}%` }}>
            {tick}
          </span>
        ))}
      </div>
    </div>
  );
}

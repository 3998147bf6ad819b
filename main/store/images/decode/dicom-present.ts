import type { Attributes } from './dicom-attributes.ts';
import { presentColour, presentPalette } from './dicom-colour.ts';
import type { RawFrame } from './dicom-pixels.ts';
import { lookUpTable } from './dicom-tables.ts';

export type Shown = { channels: 1 | 3; samples: Uint8Array; palette: boolean };

/**
 * Stored values as a person sees them, 8 bits: modality rescale or table, then the first window, or else the first VOI table, or
 * else from the smallest to the largest value; MONOCHROME1 is inverted, so that 0 is dark (DICOM PS3.3 C.11.1, C.11.2).
 */
export function present(stored: Int32Array, attributes: Attributes, frame: RawFrame): Shown {
  if (frame.photometric === 'PALETTE COLOR')
    return { channels: 3, samples: presentPalette(stored, attributes), palette: true };
  if (frame.samplesPerPixel === 3) return { channels: 3, samples: presentColour(stored, frame), palette: false };
  const values = rescaled(stored, attributes);
  const samples = windowed(values, stored, attributes);
  const inverse = frame.photometric === 'MONOCHROME1' || attributes.text('20500020')?.toUpperCase() === 'INVERSE';
  if (inverse) for (let at = 0; at < samples.length; at++) samples[at] = 255 - samples[at]!;
  return { channels: 1, samples, palette: false };
}

function rescaled(stored: Int32Array, attributes: Attributes): Float64Array {
  const table = lookUpTable(attributes.item('00283000'));
  if (table !== null) return Float64Array.from(stored, (value) => table.at(value));
  const slope = attributes.number('00281053') ?? 1;
  const intercept = attributes.number('00281052') ?? 0;
  return Float64Array.from(stored, (value) => value * slope + intercept);
}

function windowed(values: Float64Array, stored: Int32Array, attributes: Attributes): Uint8Array {
  const centre = attributes.number('00281050');
  const width = attributes.number('00281051');
  if (centre !== null && width !== null && width > 0) {
    const form = attributes.text('00281056')?.toUpperCase() ?? 'LINEAR';
    const shade = windowFunction(form, centre, width);
    return Uint8Array.from(values, (value) => Math.round(255 * shade(value)));
  }
  const table = lookUpTable(attributes.item('00283010'));
  if (table !== null)
    return Uint8Array.from(values, (value) =>
      Math.round((255 * (table.at(value) - table.low)) / Math.max(1, table.high - table.low)),
    );
  return stretched(values, stored, attributes.number('00280120'));
}

/** Shade 0 to 1 of a value under a window (PS3.3 C.11.2.1.2 and C.11.2.1.3). */
export function windowFunction(form: string, centre: number, width: number): (value: number) => number {
  if (form === 'SIGMOID') return (value) => 1 / (1 + Math.exp((-4 * (value - centre)) / width));
  if (form === 'LINEAR_EXACT') return (value) => Math.min(1, Math.max(0, (value - centre) / width + 0.5));
  if (width <= 1) return (value) => (value <= centre - 0.5 ? 0 : 1);
  return (value) => Math.min(1, Math.max(0, (value - (centre - 0.5)) / (width - 1) + 0.5));
}

/** From the smallest to the largest value; pixels that only fill the frame count for nothing. */
function stretched(values: Float64Array, stored: Int32Array, padding: number | null): Uint8Array {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at++) {
    if (stored[at] === padding) continue;
    const value = values[at]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const range = high - low;
  if (!(range > 0)) return new Uint8Array(values.length);
  return Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, (value - low) / range))));
}

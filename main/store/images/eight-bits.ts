import type { Decoded } from './decode/decoded.ts';

/**
 * Samples as 8 bits. Those of more are divided by `white`, which is the same for a whole dataset: 16-bit files often hold 12 bits,
 * and a picture must not change its brightness with its own largest value.
 */
export function eightBits({ samples }: Decoded, white: number): Uint8Array {
  if (samples instanceof Uint8Array) return samples;
  const scale = 255 / white;
  return Uint8Array.from(samples, (value) => Math.min(255, Math.round(value * scale)));
}

/** The largest sample of an image that stores more than 8 bits; 255 for all others. */
export function largestSample({ samples }: Decoded): number {
  if (samples instanceof Uint8Array) return 255;
  let most = 0;
  for (const value of samples) if (value > most) most = value;
  return most;
}

/** The smallest of 255, 1023, 4095, 16383 and 65535 that `largest` does not exceed. */
export function whiteOf(largest: number): number {
  return [255, 1023, 4095, 16_383].find((white) => largest <= white) ?? 65_535;
}

/** Brightness of red, green and blue by ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B. */
export function toGrey(rgb: Uint8Array): Uint8Array {
  const grey = new Uint8Array(rgb.length / 3);
  for (let pixel = 0; pixel < grey.length; pixel++) {
    const at = pixel * 3;
    grey[pixel] = Math.round(0.299 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]!);
  }
  return grey;
}

/** 8-bit samples with one or three channels, whichever they have now. */
export function withChannels(samples: Uint8Array, from: 1 | 3, to: 1 | 3): Uint8Array {
  if (from === to) return samples;
  if (to === 1) return toGrey(samples);
  const rgb = new Uint8Array(samples.length * 3);
  for (let pixel = 0; pixel < samples.length; pixel++) rgb.fill(samples[pixel]!, pixel * 3, pixel * 3 + 3);
  return rgb;
}

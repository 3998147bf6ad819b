import type { Decoded } from './decode/decoded.ts';
import { eightBits, withChannels } from './eight-bits.ts';
import { fitSquare } from './resample.ts';

/** What a model sees of an image: size × size × channels bytes, row by row, proportions kept, in the middle, black around. */
export function squareOf(decoded: Decoded, white: number, size: number, channels: 1 | 3): Uint8Array {
  const { width, height } = decoded;
  const samples = withChannels(eightBits(decoded, white), decoded.channels, channels);
  return fitSquare({ width, height, channels, samples }, size).samples;
}

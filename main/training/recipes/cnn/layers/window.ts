import { z } from 'zod';
import type { Shape } from './layer-kind.ts';

const side = z.int().positive();
/** Rows and columns; Keras allows one number for both. */
export const pair = z
  .union([side, z.tuple([side, side])])
  .transform((given): [number, number] => (typeof given === 'number' ? [given, given] : given));

export type Window = { side: [number, number]; strides: [number, number]; padding: 'valid' | 'same' };

/** The sides of an image after windows of it were taken, with `channels` channels; null when none fits in. */
export function windowed(input: Shape, { side, strides, padding }: Window, channels: number): Shape | null {
  if (input.length !== 3) return null;
  const [height, width] = [0, 1].map((i) => {
    const from = padding === 'same' ? input[i]! : input[i]! - side[i]! + 1;
    return Math.ceil(from / strides[i]!);
  });
  return height! > 0 && width! > 0 ? [height!, width!, channels] : null;
}

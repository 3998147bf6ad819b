import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../../shared/errors.ts';

const kinds = { float32: 4, int32: 4, uint8: 1, bool: 1, float16: 2, uint16: 2 } as const;
const stored = z.enum(Object.keys(kinds) as [keyof typeof kinds, ...(keyof typeof kinds)[]]);
const weight = z.looseObject({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  dtype: stored,
  quantization: z.looseObject({ dtype: stored, scale: z.number().optional(), min: z.number().optional() }).optional(),
});
export const weightsManifest = z.array(z.looseObject({ paths: z.array(z.string()), weights: z.array(weight) }));
export type WeightsManifest = z.infer<typeof weightsManifest>;

export type NamedWeight = { name: string; shape: number[]; values: Float32Array };

/** All weights of a TensorFlow.js model folder, as 32-bit numbers. FILE_NOT_FOUND and MODEL_DAMAGED name the file or weight. */
export function readWeights(folder: string, manifest: WeightsManifest): NamedWeight[] {
  return manifest.flatMap(({ paths, weights }) => {
    const bytes = Buffer.concat(paths.map((path) => shard(folder, path)));
    let at = 0;
    return weights.map(({ name, shape, dtype, quantization }) => {
      const kind = quantization?.dtype ?? dtype;
      const size = shape.reduce((a, b) => a * b, 1);
      const part = bytes.subarray(at, at + size * kinds[kind]);
      at += part.length;
      if (part.length !== size * kinds[kind]) {
        throw new AppError(
          'MODEL_DAMAGED',
          `The model folder's weights end within "${name}": a file of it is too short.`,
        );
      }
      return { name, shape, values: numbersOf(part, kind, quantization) };
    });
  });
}

function shard(folder: string, path: string): Buffer {
  if (!/^[^/\\]+$/.test(path) || path === '..') {
    throw new AppError('MODEL_DAMAGED', 'The model folder names weights outside itself.');
  }
  try {
    return readFileSync(join(folder, path));
  } catch (cause) {
    throw new AppError('FILE_NOT_FOUND', `The model folder lacks its file ${path}.`, undefined, { cause });
  }
}

/** Little-endian; quantised values are value · scale + min. */
function numbersOf(
  bytes: Buffer,
  kind: keyof typeof kinds,
  quantisation: { scale?: number | undefined; min?: number | undefined } | undefined,
): Float32Array {
  const { buffer } = Uint8Array.from(bytes);
  const raw =
    kind === 'float32'
      ? new Float32Array(buffer)
      : kind === 'int32'
        ? new Int32Array(buffer)
        : kind === 'uint16'
          ? new Uint16Array(buffer)
          : kind === 'float16'
            ? new Float16Array(buffer)
            : new Uint8Array(buffer);
  const { scale = 1, min = 0 } = quantisation ?? {};
  if (scale === 1 && min === 0) return Float32Array.from(raw);
  return Float32Array.from(raw, (value) => value * scale + min);
}

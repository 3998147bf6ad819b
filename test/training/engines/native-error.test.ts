import { expect, test } from 'vitest';
import { nativeError } from '../../../main/training/engines/tensorflow/native-error.ts';

test.each([
  ['OOM when allocating tensor with shape[1000000,1000000] and type float on device:CPU:0', 'OUT_OF_MEMORY'],
  ['RESOURCE_EXHAUSTED: failed to allocate memory', 'OUT_OF_MEMORY'],
  ['INTERNAL: failed to synchronize: CUDA_ERROR_ILLEGAL_ADDRESS', 'ENGINE_LOST'],
  ['Incompatible shapes: [2,3] vs. [4]', undefined],
])('what TensorFlow says in %j', (message, code) => {
  const error = new Error(message);
  const said = nativeError(error) as { code?: string };
  expect(said.code).toBe(code);
  if (code === undefined) expect(said).toBe(error);
});

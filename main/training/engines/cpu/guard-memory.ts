import { AppError } from '../../../../shared/errors.ts';
import type { BackendWasm } from './wasm-backend.ts';

/**
 * Lets a want of memory be an error. A WebAssembly memory ends at 4 GiB, or where the system gives no more, and the library
 * would write to address 0 then, over whatever lies there.
 */
export function guardMemory(backend: BackendWasm): void {
  const module = backend.wasm as unknown as {
    _malloc(bytes: number): number;
    _free(address: number): void;
    HEAPU8: Uint8Array;
  };
  // The first call puts the compiled function in this place.
  module._free(module._malloc(8));
  const take = module._malloc;
  module._malloc = (bytes) => {
    const address = take(bytes);
    // Close to the end the allocator may also answer with a block that reaches beyond it.
    if ((address !== 0 && (address >>> 0) + bytes <= module.HEAPU8.length) || bytes === 0) return address;
    throw new AppError(
      'OUT_OF_MEMORY',
      `The cpu engine has no room for ${Math.ceil(bytes / 2 ** 20)} MiB more beside the ${Math.round(module.HEAPU8.length / 2 ** 20)} MiB it holds.`,
      'A smaller batch size needs less.',
    );
  };
}

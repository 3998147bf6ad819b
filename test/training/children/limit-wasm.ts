// Loaded before anything else in every thread: no WebAssembly memory grows beyond WASM_LIMIT_MIB, as if the system gave no more.
const most = Number(process.env['WASM_LIMIT_MIB']) * 2 ** 20;
const { prototype } = WebAssembly.Memory;
const grow = prototype.grow;
prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
  if (this.buffer.byteLength + pages * 65_536 > most)
    throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
  return grow.call(this, pages);
};

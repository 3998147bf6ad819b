/**
 * The buffers in an answer that may be moved to another thread instead of copied: those of typed arrays that cover their whole
 * buffer. An answer is made for one caller, so nobody here looks at it again.
 */
export function transferableBuffers(answer: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(answer, found);
  return [...found];
}

function collect(value: unknown, found: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null) return;
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength) found.add(value.buffer);
    return;
  }
  for (const inner of Object.values(value)) collect(inner, found);
}

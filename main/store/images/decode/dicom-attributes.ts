/** The attributes of a DICOM data set, by tag as eight hexadecimal digits. */
export type Attributes = {
  number(tag: string): number | null;
  numbers(tag: string): number[];
  text(tag: string): string | null;
  /** First item of a sequence. */
  item(tag: string): Attributes | null;
  bytes(tag: string): Uint8Array | null;
};

export type Element = { vr?: string; Value?: unknown[] } | undefined;

/** Reads what the parser made of a data set; values of another kind than asked for count as absent. */
export function attributesOf(dict: Record<string, Element>): Attributes {
  const values = (tag: string): unknown[] => {
    const value = dict[tag]?.Value;
    return Array.isArray(value) ? value : [];
  };
  const numbers = (tag: string): number[] => values(tag).map(Number).filter(Number.isFinite);
  return {
    numbers,
    number: (tag) => numbers(tag)[0] ?? null,
    text(tag) {
      const [first] = values(tag);
      if (typeof first !== 'string' && typeof first !== 'number') return null;
      return String(first).replace(/\0/g, '').trim() || null;
    },
    item(tag) {
      const [first] = values(tag);
      return typeof first === 'object' && first !== null ? attributesOf(first as Record<string, Element>) : null;
    },
    bytes(tag) {
      const [first] = values(tag);
      if (first instanceof ArrayBuffer) return new Uint8Array(first);
      return ArrayBuffer.isView(first) ? new Uint8Array(first.buffer, first.byteOffset, first.byteLength) : null;
    },
  };
}

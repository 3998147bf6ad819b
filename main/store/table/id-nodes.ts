import { hashText, type TextHash } from './text-hash.ts';

/** Numbers distinct ids from 0 by their 64-bit hash, in about 30 bytes an id whatever their length. */
export type IdNodes = {
  /** The number of an id at a site (any 32-bit integer), given a new one when it was not seen. */
  number(site: number, id: string): number;
  size(): number;
};

export function createIdNodes(): IdNodes {
  let slots = new Int32Array(1024).fill(-1);
  let a = new Int32Array(512);
  let b = new Int32Array(512);
  let size = 0;
  const hash: TextHash = { a: 0, b: 0 };

  const place = (into: Int32Array, node: number): void => {
    const mask = into.length - 1;
    let slot = a[node]! & mask;
    while (into[slot] !== -1) slot = (slot + 1) & mask;
    into[slot] = node;
  };
  const grow = (): void => {
    const twice = (from: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const to = new Int32Array(from.length * 2);
      to.set(from);
      return to;
    };
    a = twice(a);
    b = twice(b);
    slots = new Int32Array(slots.length * 2).fill(-1);
    for (let node = 0; node < size; node++) place(slots, node);
  };

  return {
    number(site, id) {
      hashText(id, Math.imul(site, 0x9e3779b1), hash);
      const mask = slots.length - 1;
      let slot = hash.a & mask;
      for (let node = slots[slot]!; node !== -1; node = slots[slot]!) {
        if (a[node] === hash.a && b[node] === hash.b) return node;
        slot = (slot + 1) & mask;
      }
      if (size === a.length) {
        grow();
        return this.number(site, id);
      }
      a[size] = hash.a;
      b[size] = hash.b;
      slots[slot] = size;
      size += 1;
      return size - 1;
    },
    size: () => size,
  };
}

/**
 * Order of two texts by code point, as SQLite's BINARY order of UTF-8 (JavaScript's own `<` compares UTF-16 units, which
 * puts an emoji before a few thousand other characters). Negative, 0 or positive.
 */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Surrogates (code points from 0x10000) come after every other unit. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

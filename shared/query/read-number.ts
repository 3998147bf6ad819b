const decimal = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;

/** The number that a text (a tag, an imported param) is, or null: decimal notation with a dot, nothing else around it. */
export function readNumber(text: string): number | null {
  return decimal.test(text) ? Number(text) : null;
}

/** Most that one call may carry: 100,000 run ids fit, a file does not. */
export const maxInputBytes = 8 * 1024 * 1024;
export const maxInputDepth = 16;

/**
 * Whether an input is small and shallow enough to be parsed at all [E17]. Counts two bytes a character and eight for
 * anything else, and stops as soon as the limit is passed.
 */
export function isWithinLimits(input: unknown): boolean {
  let left = maxInputBytes;
  const visit = (value: unknown, depth: number): boolean => {
    if (depth > maxInputDepth) return false;
    left -= typeof value === 'string' ? 8 + 2 * value.length : 8;
    if (left < 0) return false;
    if (ArrayBuffer.isView(value)) {
      left -= value.byteLength;
      return left >= 0;
    }
    if (typeof value !== 'object' || value === null) return true;
    if (Array.isArray(value)) return value.every((part) => visit(part, depth + 1));
    return Object.entries(value).every(([key, part]) => {
      left -= 2 * key.length;
      return visit(part, depth + 1);
    });
  };
  return visit(input, 0);
}

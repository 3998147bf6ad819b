/** Turns a counter that only grows into a rate per second; null at first and after the counter went backwards. */
export function createRate(): (value: number | null, atMs: number) => number | null {
  let before: { value: number; atMs: number } | null = null;
  return (value, atMs) => {
    const last = before;
    before = value === null ? null : { value, atMs };
    if (value === null || last === null || atMs <= last.atMs || value < last.value) return null;
    return ((value - last.value) * 1000) / (atMs - last.atMs);
  };
}

/** Most points that a chart draws one by one. */
export const MOST_POINTS = 3_000;

/**
 * Which of `rows` points a chart draws: all of them, or every so many of them in their order, never by their value, so that what is
 * drawn lies as what is not.
 */
export function drawnPoints(rows: number, most = MOST_POINTS): number[] {
  if (rows <= most) return Array.from({ length: rows }, (_, at) => at);
  return Array.from({ length: most }, (_, at) => Math.floor((at * rows) / most));
}

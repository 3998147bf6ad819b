/** MLflow's SQL store writes ±∞ as the largest double there is. */
export function pythonMax(value: number): number {
  if (value === Number.MAX_VALUE) return Number.POSITIVE_INFINITY;
  return value === -Number.MAX_VALUE ? Number.NEGATIVE_INFINITY : value;
}

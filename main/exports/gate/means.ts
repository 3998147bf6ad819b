/**
 * S3 for a mean: at least k persons contribute, the two largest contributions are under 90 % of the sum (N-K rule), and what
 * is left without them is at least 10 % of the largest (p-ratio). `contributions` are non-negative, one per row.
 */
export function meanMayLeave(contributions: ArrayLike<number>, personOf: ArrayLike<number>, k: number): boolean {
  const byPerson = new Map<number, number>();
  for (let row = 0; row < contributions.length; row++) {
    const person = personOf[row]!;
    byPerson.set(person, (byPerson.get(person) ?? 0) + contributions[row]!);
  }
  let contributors = 0;
  let sum = 0;
  let first = 0;
  let second = 0;
  for (const value of byPerson.values()) {
    if (value > 1e-9) contributors++;
    sum += value;
    if (value > first) {
      second = first;
      first = value;
    } else if (value > second) second = value;
  }
  return contributors >= k && first + second < 0.9 * sum && sum - first - second >= 0.1 * first;
}

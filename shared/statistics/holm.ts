/**
 * Holm's step-down correction (1979): p-values adjusted so that comparing each with α keeps the chance of any false
 * rejection in the family at α, whatever their dependence. The order of the input is kept; null stays null and is not counted.
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const tested = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }])).sort((a, b) => a.p - b.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let largest = 0;
  tested.forEach(({ p, index }, rank) => {
    largest = Math.max(largest, Math.min(1, p * (tested.length - rank)));
    adjusted[index] = largest;
  });
  return adjusted;
}

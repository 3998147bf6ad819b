/** The name of a run in a comparison, by its place: A, B, … Z, AA, AB, … */
export function runLetter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : runLetter(Math.floor(index / 26) - 1) + last;
}

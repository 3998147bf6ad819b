/** The word that a misspelt one probably meant: at most two changed, added or left out letters; null when none is near. */
export function closestWord(misspelt: string, words: string[]): string | null {
  if (misspelt.length > 40) return null;
  const wrong = misspelt.toLowerCase();
  let best: string | null = null;
  let least = Math.min(2, Math.floor(wrong.length / 2)) + 1;
  for (const word of words) {
    const changes = editDistance(wrong, word.toLowerCase());
    if (changes < least) {
      least = changes;
      best = word;
    }
  }
  return best;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1));
    }
    above = row;
  }
  return above[b.length]!;
}

import { createRandom, type Random } from '../../../shared/statistics/random.ts';
import { groupSubjects } from '../../../shared/statistics/subjects.ts';

/** Numbers that hang on the seed and on what they are for, and on nothing that was drawn before. */
function randomFor(seed: number, purpose: string): Random {
  // FNV-1a.
  let hash = 0x811c9dc5;
  for (const letter of `${seed}/${purpose}`) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  return createRandom(hash);
}

/** 0 … count − 1 in a random order (Fisher and Yates). */
function shuffledOrder(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** The order in which a repeat shuffles a feature over the rows of one fit's held-out part. */
export const shuffleOf = (seed: number, feature: string, repeat: number, fit: number, rows: number): Int32Array =>
  shuffledOrder(rows, randomFor(seed, `${fit}/${repeat}/${feature}`));

/** At most `most` of these positions, ascending: all rows of subjects drawn at random, until it is full. */
export function drawRows(held: Int32Array, subject: Int32Array | null, most: number, seed: number): Int32Array {
  if (held.length <= most) return held;
  const { index, count } = groupSubjects(subject === null ? null : held.map((i) => subject[i]!), held.length);
  const rank = shuffledOrder(count, randomFor(seed, 'rows'));
  const places = Int32Array.from(held.keys()).sort((a, b) => rank[index[a]!]! - rank[index[b]!]! || a - b);
  return places
    .slice(0, most)
    .sort()
    .map((place) => held[place]!);
}

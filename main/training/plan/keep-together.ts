import { AppError } from '../../../shared/errors.ts';
import type { TrainSpec } from '../../../shared/model/train-spec.ts';
import type { StoredVersion } from '../../store/datasets.ts';
import { duplicatesAcross, findNearDuplicates, type NearDuplicate } from '../../store/images/near-duplicates.ts';
import type { Cells } from '../../store/table/cells.ts';
import { findRecipe } from '../recipes/declarations.ts';
import type { Assignment } from './plan-split.ts';

/** Pairs of images that look the same, where the recipe learns from images; none otherwise. */
export function pairsFor(vaultDir: string, version: StoredVersion, spec: TrainSpec): NearDuplicate[] {
  if (version.images === null || findRecipe(spec.recipe).input !== 'images') return [];
  return findNearDuplicates(vaultDir, version).pairs;
}

/**
 * Numbers that are equal for usable rows of one person, and for persons with images that look the same: what a split of ours keeps
 * on one side. null when no pair joins usable rows.
 */
export function groupsOf(subject: Int32Array | null, rows: Int32Array, pairs: NearDuplicate[]): Int32Array | null {
  const at = new Map(Array.from(rows, (row, i) => [row, i]));
  const personOf = (i: number): number => (subject === null ? i : subject[i]!);
  const parent = new Map<number, number>();
  const root = (person: number): number => {
    let one = person;
    for (let up = parent.get(one); up !== undefined; up = parent.get(one)) one = up;
    return one;
  };
  for (const { a, b } of pairs) {
    const [i, j] = [at.get(a), at.get(b)];
    if (i === undefined || j === undefined) continue;
    const [one, other] = [root(personOf(i)), root(personOf(j))];
    if (one !== other) parent.set(Math.max(one, other), Math.min(one, other));
  }
  return parent.size === 0 ? null : Int32Array.from(rows, (_, i) => root(personOf(i)));
}

const EXAMPLES = 3;

/**
 * What to note of pairs whose images are on two sides of a split; null when there are none. NEAR_DUPLICATES unless the wish allows
 * them. The names of files in the message stay on this machine.
 */
export function checkAcross(
  pairs: NearDuplicate[],
  rows: Int32Array,
  { part, fold }: Assignment,
  names: Cells,
  allowed: boolean,
): string | null {
  const sides = part ?? fold!;
  const side = new Map(Array.from(rows, (row, i) => [row, sides[i]!]));
  const across = duplicatesAcross(pairs, (row) => side.get(row) ?? -1);
  if (across.length === 0) return null;
  const count = `${across.length.toLocaleString('en')} ${across.length === 1 ? 'pair of images looks' : 'pairs of images look'} the same on two sides of the split`;
  if (allowed) return `${count}; the test may be too good. This was allowed.`;
  const name = (row: number): string =>
    names.kind === 'levels' ? (names.dictionary[names.codes[row]!] ?? '') : String(row);
  const examples = across.slice(0, EXAMPLES).map(({ a, b }) => `${name(a)} and ${name(b)}`);
  throw new AppError(
    'NEAR_DUPLICATES',
    `${count}, so its test would be too good: ${examples.join('; ')}${across.length > EXAMPLES ? '; …' : ''}. Nothing was trained.`,
    'Split by shares or folds, which keep such images together; see them all with `wardbook dataset duplicates`; or allow them with --allow-near-duplicates.',
  );
}

import type { ImageDuplicates } from '../../../shared/contract/datasets.ts';
import type { StoredVersion } from '../../store/datasets.ts';
import { findNearDuplicates } from '../../store/images/near-duplicates.ts';
import { openTable } from '../../store/table/open-table.ts';

/** Pairs of images that look the same by the names of their files, the most alike first. KIND_UNSUPPORTED for a table. */
export function listDuplicates(vaultDir: string, version: StoredVersion): ImageDuplicates {
  const { pairs, more } = findNearDuplicates(vaultDir, version);
  const table = openTable(vaultDir, version);
  try {
    const names = table.column(version.images!.column);
    const persons = table.subjects();
    const name = (row: number): string => (names.kind === 'levels' ? (names.dictionary[names.codes[row]!] ?? '') : '');
    const listed = pairs.map(({ a, b, similarity }) => ({
      a: name(a),
      b: name(b),
      rowA: a,
      rowB: b,
      similarity,
      samePerson: persons === null ? null : persons[a] === persons[b],
    }));
    return { pairs: listed.sort((x, y) => y.similarity - x.similarity || x.rowA - y.rowA || x.rowB - y.rowB), more };
  } finally {
    table.close();
  }
}

import type { SkippedFile } from '../../../shared/model/dataset.ts';
import type { Labelled, LabelledImage } from './labelled.ts';

const parts: Record<string, string> = {
  train: 'train',
  training: 'train',
  val: 'val',
  valid: 'val',
  validation: 'val',
  dev: 'val',
  test: 'test',
  testing: 'test',
};

/**
 * Labels from folders: `CLASS/…` gives a column `label`, `train|val|test/CLASS/…` also a column `split`. null when the images lie
 * in fewer than two class folders.
 */
export function classFolders(paths: string[]): Labelled | null {
  const folders = paths.map((path) => path.split('/').slice(0, -1));
  const below = folders.filter((names) => names.length > 0);
  const split =
    below.length > 0 &&
    below.every(([first, second]) => parts[first!.toLowerCase()] !== undefined && second !== undefined);
  const depth = split ? 2 : 1;
  const images: LabelledImage[] = [];
  const skipped: SkippedFile[] = [];
  for (const [at, path] of paths.entries()) {
    const names = folders[at]!;
    if (names.length < depth) skipped.push({ path, code: 'LABEL_MISSING', reason: 'lies in no class folder' });
    else images.push({ file: path, cells: split ? [parts[names[0]!.toLowerCase()]!, names[1]!] : [names[0]!] });
  }
  const classes = new Set(images.map(({ cells }) => cells.at(-1)));
  if (classes.size < 2) return null;
  return {
    from: 'folders',
    columns: split ? ['split', 'label'] : ['label'],
    imageColumn: { name: 'file', at: 0 },
    images,
    skipped,
    table: null,
  };
}

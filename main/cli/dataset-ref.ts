import { AppError } from '../../shared/errors.ts';
import { datasetName } from '../../shared/model/dataset.ts';

/** `name` or `name@v2` on a command line; `version` is null for the newest. NAME_INVALID. */
export function parseDatasetRef(text: string): { name: string; version: number | null } {
  const match = /^(.*?)(?:@v([1-9]\d{0,8}))?$/s.exec(text)!;
  const name = datasetName.safeParse(match[1]);
  if (name.success) return { name: name.data, version: match[2] === undefined ? null : Number(match[2]) };
  throw new AppError(
    'NAME_INVALID',
    `"${text}" names no dataset.`,
    'Write name or name@v2, as in `wardbook dataset list`.',
  );
}

import { AppError } from '../../shared/errors.ts';
import { datasetName } from '../../shared/model/dataset.ts';

/** `whas500` or `whas500@v2`. */
export function parseDatasetRef(text: string): { name: string; version: number | null } {
  const match = /^(.+?)(?:@v?(\d+))?$/.exec(text);
  const name = datasetName.safeParse(match?.[1]);
  if (!match || !name.success)
    throw new AppError('NAME_INVALID', `"${text}" is not the name of a dataset; write name or name@v2.`);
  return { name: name.data, version: match[2] === undefined ? null : Number(match[2]) };
}

export const parseList = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

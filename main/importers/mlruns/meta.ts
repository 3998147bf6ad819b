import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export type Meta = Record<string, unknown>;

/** Anything longer is no meta.yaml. A dataset's holds its profile and schema, of up to 16 MB and 1 MB. */
const mostBytes = 2 ** 20;
export const mostDatasetBytes = 20 * 2 ** 20;

/** `meta.yaml` of a folder, or in words why there is none. Numbers beyond 2^53 stay text: experiment ids have 18 digits. */
export function readMeta(folder: string, most: number = mostBytes): { meta: Meta } | { problem: string } {
  const file = join(folder, 'meta.yaml');
  let text: string;
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return { problem: 'it has no meta.yaml' };
    if (!stat.isFile() || stat.size > most) return { problem: 'its meta.yaml is no ordinary file' };
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { problem: `its meta.yaml cannot be read (${code ?? 'error'})` };
  }
  return parseMeta(text);
}

/** The document in a `meta.yaml`. Aliases are refused: a few lines of them stand for gigabytes. */
export function parseMeta(text: string): { meta: Meta } | { problem: string } {
  if (text.trim() === '') return { problem: 'its meta.yaml is empty' };
  try {
    const meta: unknown = parse(text, { intAsBigInt: true, maxAliasCount: 0, schema: 'core', logLevel: 'error' });
    if (typeof meta === 'object' && meta !== null && !Array.isArray(meta)) return { meta: meta as Meta };
    return { problem: 'its meta.yaml is not a list of keys and values' };
  } catch {
    return { problem: 'its meta.yaml is damaged or half written' };
  }
}

/** Text of a value; ids may be written as numbers. Null for what is missing. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'bigint' || typeof value === 'number' ? String(value) : null;
}

/** A whole number that is exact in a double, or null. */
export function numberOf(value: unknown): number | null {
  const number =
    typeof value === 'bigint' || (typeof value === 'string' && /^-?\d+$/.test(value)) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

/** A copy without big integers, for a document in JSON. */
export function plainMeta(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (Array.isArray(value)) return value.map(plainMeta);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainMeta(inner)]));
}

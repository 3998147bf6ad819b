import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importRuns } from '../../main/importers/import-runs.ts';
import type { Vault } from '../../main/store/vault.ts';
import { AppError } from '../../shared/errors.ts';
import type { ImportFormat } from '../../shared/model/run-import.ts';
import { mutateEvents, mutateWandb } from './payloads.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

/** A source that is mutated: its folder, and the file in it whose bytes are changed. `payloads`: behind checksums that are right. */
type Mutated = {
  format: ImportFormat;
  folder: string;
  file: (root: string) => string;
  payloads: (bytes: Buffer, random: () => number) => Buffer;
};
const firstFile = (root: string): string => join(root, readdirSync(root)[0]!);
const mutated: Mutated[] = [
  { format: 'tensorboard', folder: 'tensorboard/torch', file: firstFile, payloads: mutateEvents },
  { format: 'tensorboard', folder: 'tensorboard/hparams/one', file: firstFile, payloads: mutateEvents },
  { format: 'tensorboard', folder: 'tensorboard/restarted', file: firstFile, payloads: mutateEvents },
  {
    format: 'wandb',
    folder: 'wandb/offline-run',
    file: (root) => join(root, 'run-fixture1.wandb'),
    payloads: mutateWandb,
  },
  { format: 'csv', folder: 'csv/keras', file: (root) => join(root, 'training.csv'), payloads: mutate },
];

/** Changes some bytes, cuts, doubles or exchanges stretches. */
function mutate(bytes: Buffer, random: () => number): Buffer {
  let out: Buffer = Buffer.from(bytes);
  const place = (): number => Math.floor(random() * Math.max(1, out.length));
  const times = 1 + Math.floor(random() * 4);
  for (let i = 0; i < times; i++) {
    const kind = Math.floor(random() * 6);
    const [from, to] = [place(), place()].sort((a, b) => a - b) as [number, number];
    if (kind === 0 && out.length > 0) out[place()]! ^= 1 << Math.floor(random() * 8);
    else if (kind === 1 && out.length > 0) out[place()] = Math.floor(random() * 256);
    else if (kind === 2) out = Buffer.from(out.subarray(0, to));
    else if (kind === 3) out = Buffer.concat([out.subarray(0, to), out.subarray(from)]);
    else if (kind === 4) out = Buffer.concat([out.subarray(0, from), out.subarray(to)]);
    else out.fill([0, 0x22, 0x2c, 0x7b, 0xff][Math.floor(random() * 5)]!, from, Math.min(to, from + 64));
  }
  return out;
}

/** The state that an import may leave: nothing of a run without its source, and no file without its run. */
export function partialRuns(vault: Vault): { orphans: number; folders: string[] } {
  const orphans = vault.db
    .prepare(
      `SELECT (SELECT count(*) FROM run WHERE id NOT IN (SELECT run_id FROM import_source))
        + (SELECT count(*) FROM study WHERE id NOT IN (SELECT study_id FROM run)) AS n`,
    )
    .get() as { n: number };
  const known = new Set(vault.db.prepare('SELECT uid FROM run').pluck().all() as string[]);
  const folders = readdirSync(join(vault.dir, 'runs')).filter((name) => !known.has(name));
  const staged = readdirSync(join(vault.dir, 'datasets')).filter((name) => name.startsWith('import-'));
  return { orphans: orphans.n, folders: [...folders, ...staged] };
}

/**
 * Imports `count` mutated sources, their bytes changed anywhere or only behind checksums that are right; returns how they ended. A
 * crash shows as an error that is none of ours.
 */
export async function importMutated(
  vault: Vault,
  scratch: string,
  count: number,
  random: () => number,
  where: 'anywhere' | 'payloads' = 'anywhere',
): Promise<{ imported: number; refused: number; slowestMs: number }> {
  const tally = { imported: 0, refused: 0, slowestMs: 0 };
  const sources = mutated.map(({ format, folder, file, payloads }, i) => {
    const root = join(scratch, `source-${i}`);
    mkdirSync(root, { recursive: true });
    cpSync(join(fixtures, folder), root, { recursive: true });
    const path = file(root);
    return { format, root, path, bytes: readFileSync(path), change: where === 'payloads' ? payloads : mutate };
  });
  for (let i = 0; i < count; i++) {
    const { format, root, path, bytes, change } = sources[i % sources.length]!;
    writeFileSync(path, change(bytes, random));
    const started = performance.now();
    try {
      const { added, updated } = await importRuns(vault, { format, path: root, study: null });
      if (added + updated > 0) tally.imported += 1;
      else tally.refused += 1;
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'INTERNAL') throw error;
      tally.refused += 1;
    }
    tally.slowestMs = Math.max(tally.slowestMs, performance.now() - started);
  }
  for (const { root } of sources) rmSync(root, { recursive: true, force: true });
  return tally;
}

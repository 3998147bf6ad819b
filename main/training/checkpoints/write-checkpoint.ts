import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { checkpointFile } from '../../store/checkpoint-files.ts';
import { decodeCheckpoint, encodeCheckpoint, type SavedCheckpoint } from './format.ts';

type Kept = { file: string; score: number };

/**
 * Puts checkpoints into a folder and keeps it small: of a fit that goes on the last two (should one turn out damaged) and the
 * one with the lowest score, of one that has ended its model alone.
 */
export function createKeeper(folder: string): { write(checkpoint: SavedCheckpoint): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const kept = readKept(folder);
  const remove = ({ file }: Kept): void => rmSync(join(folder, file), { force: true });
  return {
    write(checkpoint) {
      const { fit, epoch, score } = checkpoint.header;
      const file = checkpointFile(fit, epoch);
      writeWhole(join(folder, file), encodeCheckpoint(checkpoint));
      const before = (kept.get(fit) ?? []).filter((one) => one.file !== file);
      if (epoch === null) {
        for (const old of before) remove(old);
        kept.delete(fit);
        return;
      }
      const all = [...before, { file, score: score ?? Number.POSITIVE_INFINITY }];
      const best = all.reduce((lowest, one) => (one.score < lowest.score ? one : lowest));
      const keep = all.filter((one, i) => i >= all.length - 2 || one === best);
      for (const old of all) if (!keep.includes(old)) remove(old);
      kept.set(fit, keep);
    },
  };
}

/** What an interrupted run left; files that were never completed go. */
function readKept(folder: string): Map<string, Kept[]> {
  const found: (Kept & { fit: string; epoch: number })[] = [];
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    if (file.endsWith('.part')) rmSync(path, { force: true });
    else if (file.endsWith('.checkpoint')) {
      const header = decodeCheckpoint(readFileSync(path))?.header;
      if (header === undefined) rmSync(path, { force: true });
      else found.push({ file, fit: header.fit, epoch: header.epoch!, score: header.score ?? Number.POSITIVE_INFINITY });
    }
  }
  found.sort((a, b) => a.epoch - b.epoch);
  return Map.groupBy(found, ({ fit }) => fit);
}

/** Under its name there is the whole file or none, also after a power cut. */
export function writeWhole(path: string, bytes: Uint8Array): void {
  // The process that was killed may be about to write, too.
  const part = `${path}.${process.pid}.part`;
  const file = openSync(part, 'w', 0o600);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, path);
  syncFolder(dirname(path));
}

/** Windows has no such thing; a rename is durable there once the file is. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

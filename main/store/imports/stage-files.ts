import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Artifact } from '../../../shared/model/run.ts';
import { makePrivateFolder } from '../files.ts';
import { makeImportFolder } from '../import-folder.ts';
import { storeError } from '../store-error.ts';
import type { Vault } from '../vault.ts';
import type { ImportedFile } from './imported-run.ts';

/** Files of a run or a model on their way in: complete in a folder of their own before the row is written. */
export type StagedFiles = {
  artifacts: Artifact[];
  /** Puts them into the owner's folder, each by a rename; call inside the transaction that writes the owner. */
  moveTo(folder: string): void;
  /** Removes what was not moved. */
  drop(): void;
};

const blockBytes = 1 << 20;

/** Copies files and log (0600) into a private folder of the vault. The sources are only read. DISK_FULL, VAULT_READ_ONLY. */
export function stageFiles(vault: Vault, files: ImportedFile[], log: string): StagedFiles {
  if (files.length === 0 && log === '') return { artifacts: [], moveTo: () => {}, drop: () => {} };
  const folder = makeImportFolder(vault);
  const drop = (): void => rmSync(folder, { recursive: true, force: true });
  const names: string[] = [];
  try {
    const artifacts = files.map((file) => {
      const name = join('artifacts', file.path);
      names.push(name);
      return { path: file.path, ...copyInto(join(folder, name), file) };
    });
    if (log !== '') {
      names.push('log.txt');
      copyInto(join(folder, 'log.txt'), { path: 'log.txt', bytes: Buffer.from(log) });
    }
    return {
      artifacts,
      moveTo(place) {
        for (const name of names) {
          const target = join(place, name);
          makePrivateFolder(dirname(target));
          renameSync(join(folder, name), target);
        }
      },
      drop,
    };
  } catch (error) {
    drop();
    throw storeError(error, vault.dir);
  }
}

function copyInto(target: string, file: ImportedFile): { bytes: number; sha256: string } {
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  const to = openSync(target, 'wx', 0o600);
  let bytes = 0;
  try {
    for (const block of blocksOf(file)) {
      hash.update(block);
      for (let at = 0; at < block.length; ) at += writeSync(to, block, at);
      bytes += block.length;
    }
    fsyncSync(to);
  } finally {
    closeSync(to);
  }
  return { bytes, sha256: hash.digest('hex') };
}

function* blocksOf(file: ImportedFile): Generator<Uint8Array> {
  if ('bytes' in file) {
    yield file.bytes;
    return;
  }
  const from = openSync(file.from, 'r');
  try {
    const block = Buffer.alloc(blockBytes);
    for (let read = readSync(from, block); read > 0; read = readSync(from, block)) yield block.subarray(0, read);
  } finally {
    closeSync(from);
  }
}

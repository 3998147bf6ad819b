import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../platform/ids.ts';
import type { Vault } from './vault.ts';
import { isWriterAlive } from './writer.ts';

const prefix = 'import-';

/** A private folder inside the vault where a dataset or an imported run's files are made; they find their place by a rename, or are removed. */
export function makeImportFolder(vault: Vault): string {
  removeAbandonedImports(vault);
  const { uid } = vault.db.prepare('SELECT uid FROM writer WHERE id = ?').get(vault.writerId) as { uid: string };
  const folder = join(vault.dir, 'datasets', `${prefix}${uid}-${newId()}`);
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

/** Removes what imports of dead processes left behind. */
export function removeAbandonedImports(vault: Pick<Vault, 'dir'>): void {
  const datasets = join(vault.dir, 'datasets');
  if (!existsSync(datasets)) return;
  for (const name of readdirSync(datasets)) {
    if (!name.startsWith(prefix)) continue;
    const uid = name.slice(prefix.length).split('-')[0]!;
    if (!isWriterAlive(vault.dir, uid)) rmSync(join(datasets, name), { recursive: true, force: true });
  }
}

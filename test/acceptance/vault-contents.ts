import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openVaultForReading } from '../../main/store/open-vault.ts';

/** Every row of every table and every file of a vault; that a process had it open is not its content. */
export type Contents = { tables: Record<string, unknown[]>; files: Record<string, string> };

/** What a refused command must leave as it was. */
export function vaultContents(dir: string): Contents {
  const vault = openVaultForReading(dir);
  try {
    const names = vault.db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'writer'`)
      .pluck()
      .all() as string[];
    const tables = names.map((name) => [name, vault.db.prepare(`SELECT * FROM "${name}"`).all()] as const);
    return { tables: Object.fromEntries(tables), files: filesIn(dir) };
  } finally {
    vault.close();
  }
}

/** SHA-256 of each file below the folders that hold data; a folder itself is listed too. */
function filesIn(dir: string): Record<string, string> {
  const found = ['datasets', 'runs', 'keys'].flatMap((folder) =>
    readdirSync(join(dir, folder), { recursive: true }).map((name) => join(folder, String(name))),
  );
  const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  return Object.fromEntries(
    found.sort().map((name) => [name, statSync(join(dir, name)).isDirectory() ? 'folder' : hash(join(dir, name))]),
  );
}

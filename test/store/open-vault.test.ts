import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newestVersion } from '../../main/store/migrate.ts';
import { openForWriting } from '../../main/store/open.ts';
import { openVault, openVaultForReading } from '../../main/store/open-vault.ts';
import { makeRun, openTestVault, point, temporaryFolder } from './vault-fixture.ts';

let folder: string;
let dir: string;
beforeEach(() => {
  folder = temporaryFolder();
  dir = join(folder, 'vault');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const code = (value: string) => expect.objectContaining({ code: value });

test('a new vault has the newest version, and opening it again changes nothing', () => {
  const vault = openTestVault(dir);
  expect(vault.db.pragma('user_version', { simple: true })).toBe(newestVersion);
  const schema = vault.db.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all();
  vault.close();
  const again = openTestVault(dir);
  expect(again.db.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all()).toEqual(schema);
  again.close();
});

test('only its owner can enter the vault or read a file in it', () => {
  const vault = openTestVault(dir);
  vault.db.exec("INSERT INTO setting VALUES ('a', 'b')");
  const modes = readdirSync(dir, { recursive: true, withFileTypes: true }).map((entry) => {
    const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o777;
    return [entry.name, mode === (entry.isDirectory() ? 0o700 : 0o600)];
  });
  expect(modes.map(([name]) => name)).toEqual(
    expect.arrayContaining(['wardbook.db', 'wardbook.db-wal', 'wardbook.db-shm', 'locks']),
  );
  expect(modes.filter(([, closed]) => !closed)).toEqual([]);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  vault.close();
});

test('deleted rows are overwritten, temporary tables stay in memory, and references are checked', () => {
  const vault = openTestVault(dir);
  const settings = ['journal_mode', 'secure_delete', 'temp_store', 'foreign_keys', 'synchronous', 'busy_timeout'];
  expect(settings.map((name) => vault.db.pragma(name, { simple: true }))).toEqual(['wal', 1, 2, 1, 1, 10_000]);
  vault.close();
  const full = openVault(dir, { purpose: 'test', durability: 'full' });
  expect(full.db.pragma('synchronous', { simple: true })).toBe(2);
  full.close();
});

test('a vault newer than the program is refused and left as it was', () => {
  openTestVault(dir).close();
  const db = openForWriting(join(dir, 'wardbook.db'));
  db.pragma(`user_version = ${newestVersion + 1}`);
  db.close();
  const before = readFileSync(join(dir, 'wardbook.db'));
  expect(() => openTestVault(dir)).toThrow(code('VAULT_NEWER'));
  expect(() => openVaultForReading(dir)).toThrow(code('VAULT_NEWER'));
  expect(readFileSync(join(dir, 'wardbook.db'))).toEqual(before);
});

describe('a damaged vault is reported as such', () => {
  test('when the file is no database', () => {
    mkdirSync(dir);
    writeFileSync(join(dir, 'wardbook.db'), 'patient;age\n'.repeat(1_000));
    expect(() => openTestVault(dir)).toThrow(code('VAULT_DAMAGED'));
    expect(() => openVaultForReading(dir)).toThrow(code('VAULT_DAMAGED'));
  });

  test('when its pages are overwritten', () => {
    openTestVault(dir).close();
    const file = join(dir, 'wardbook.db');
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 100);
    writeFileSync(file, bytes);
    expect(() => openTestVault(dir)).toThrow(code('VAULT_DAMAGED'));
  });

  test('when it is the database of another program', () => {
    mkdirSync(dir);
    const other = openForWriting(join(dir, 'wardbook.db'));
    other.exec('CREATE TABLE bookmarks (url TEXT)');
    other.close();
    expect(() => openTestVault(dir)).toThrow(code('VAULT_DAMAGED'));
  });
});

test('a folder that this user may not write is VAULT_READ_ONLY, and nothing is left in it', () => {
  mkdirSync(dir, { mode: 0o500 });
  asOrdinaryUser(() => expect(() => openTestVault(dir)).toThrow(code('VAULT_READ_ONLY')));
  expect(readdirSync(dir)).toEqual([]);
  asOrdinaryUser(() => expect(() => openTestVault(join(dir, 'deeper'))).toThrow(code('VAULT_READ_ONLY')));
});

/** Root may write everywhere, so that root steps down for a moment. */
function asOrdinaryUser(work: () => void): void {
  const root = process.geteuid?.() === 0;
  if (root) process.seteuid?.(65_534);
  try {
    work();
  } finally {
    if (root) process.seteuid?.(0);
  }
}

test('reading a vault that is not there is VAULT_NOT_FOUND and makes nothing', () => {
  expect(() => openVaultForReading(dir)).toThrow(code('VAULT_NOT_FOUND'));
  expect(readdirSync(folder)).toEqual([]);
});

test('a vault that was copied to another place opens with everything in it', async () => {
  const vault = openTestVault(dir);
  const run = makeRun(vault);
  await vault.metrics.append(run, [point('loss', 1, 0.5)]);
  vault.close();
  const moved = join(folder, 'elsewhere');
  cpSync(dir, moved, { recursive: true });
  copyFileSync(join(dir, 'wardbook.db'), join(moved, 'wardbook.db'));
  const copy = openTestVault(moved);
  expect(copy.db.prepare('SELECT key, last FROM latest').all()).toEqual([{ key: 'loss', last: 0.5 }]);
  copy.close();
});

import { type Settings, settings } from '../../shared/contract/settings.ts';
import { recordChange } from './change.ts';
import { type ReadableDb, setDurability, transaction, type WritableDb } from './open.ts';
import { statement } from './statement.ts';

const defaults: Settings = {
  siteLabel: '',
  theme: 'system',
  size: 'normal',
  durability: 'normal',
  trainingCores: null,
  trainingGpuMemoryMiB: null,
  trackingServer: false,
  trackingPort: null,
  artifactQuotaGiB: 200,
  localCopies: 'this-machine',
  replay: 'this-machine',
};

/** All settings; those never set have their defaults. */
export function readSettings(db: ReadableDb): Settings {
  const rows = statement(db, 'SELECT key, value FROM setting').all() as { key: string; value: string }[];
  const stored = Object.fromEntries(
    rows.filter((row) => row.key in defaults).map((row) => [row.key, JSON.parse(row.value)]),
  );
  return settings.parse({ ...defaults, ...stored });
}

/** Stores these settings, leaves the others, and returns all; `durability` counts from the next commit on. */
export function writeSettings(db: WritableDb, changed: Partial<Settings>): Settings {
  transaction(db, () => {
    const insert = statement(db, 'INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)');
    for (const [key, value] of Object.entries(changed)) if (value !== undefined) insert.run(key, JSON.stringify(value));
    recordChange(db, 'setting', null);
  });
  const all = readSettings(db);
  setDurability(db, all.durability);
  return all;
}

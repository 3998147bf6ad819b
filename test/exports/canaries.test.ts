import { expect, test } from 'vitest';
import { collectEvidence } from '../../main/exports/collect.ts';
import { createDraft } from '../../main/exports/draft.ts';
import { readDraftFile } from '../../main/store/drafts.ts';
import type { Vault } from '../../main/store/vault.ts';
import { storeRun, withVault } from './report-vault.ts';
import { cohort, evidenceOf } from './synthetic.ts';

/*
 * T0: the schema is read as it is, so a column added later is covered without a change here. A canary goes into each column
 * and into each value inside a JSON column; none may appear in the bytes of the report, in any common encoding.
 */
const word = 'Zaphod-Quux';
/** No multiple of 5, or rounding to 5 would leave it as it is. */
const digits = '7391846203';

type Column = { table: string; name: string; type: string };
/** Tables that are what leaves, what signs it, or what a report never reads while it is built. */
const aside = new Set(['audit', 'draft', 'draft_file']);

function columnsOf(vault: Vault): Column[] {
  const tables = vault.db
    .prepare(`SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite%'`)
    .all() as { name: string }[];
  return tables
    .filter(({ name }) => !aside.has(name))
    .flatMap(({ name: table }) =>
      (
        vault.db.prepare('SELECT name, type FROM pragma_table_info(?)').all(table) as { name: string; type: string }[]
      ).map(({ name, type }) => ({ table, name, type })),
    );
}

function encodings(canary: string): string[] {
  const bytes = Buffer.from(canary);
  return [
    canary,
    [...canary].reverse().join(''),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, '').slice(0, -1),
    bytes.toString('utf16le'),
    [...bytes].map((byte) => `%${byte.toString(16)}`).join(''),
  ].map((text) => text.toLowerCase());
}
const forbidden = [...encodings(word), ...encodings(digits)];
const leaks = (text: string): boolean => forbidden.some((canary) => text.toLowerCase().includes(canary));

/** Every way to put a canary into a JSON document: one leaf, or one key, at a time. */
function* planted(value: unknown): Generator<unknown> {
  if (typeof value === 'string') yield word;
  else if (typeof value === 'number') yield Number.isInteger(value) ? Number(digits) : Number(`0.${digits}`);
  else if (Array.isArray(value)) {
    // The first of a list stands for the others.
    for (const inner of value.length > 0 ? planted(value[0]) : []) yield [inner, ...value.slice(1)];
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    // A record of many things of one kind: the first stands for the others.
    const alike = entries.length > 8 && entries.every(([, own]) => typeof own === 'object');
    for (const [key, own] of alike ? entries.slice(0, 1) : entries) {
      for (const inner of planted(own)) yield { ...value, [key]: inner };
    }
    yield { ...value, [word]: word };
  }
}

/** Values to put into a column: the canary itself, and for JSON columns each document with one canary inside. */
function* plantsFor(vault: Vault, { table, name, type }: Column): Generator<string | number> {
  if (type === 'INTEGER') yield Number(digits);
  if (type === 'REAL') yield Number(`0.${digits}`);
  if (type !== 'TEXT') return;
  yield word;
  const rows = vault.db
    .prepare(`SELECT DISTINCT "${name}" AS value FROM "${table}" WHERE "${name}" IS NOT NULL`)
    .all() as { value: string }[];
  for (const { value } of rows) {
    if (!/^[[{]/.test(value)) continue;
    for (const document of planted(JSON.parse(value))) yield JSON.stringify(document);
  }
}

type Outcome = 'constrained' | 'refused' | 'clean' | 'LEAKED';

/** Plants, exports, looks, and takes everything back. */
function tryPlant(vault: Vault, column: Column, value: string | number, look: () => string): Outcome {
  vault.db.exec('BEGIN');
  try {
    try {
      vault.db.prepare(`UPDATE "${column.table}" SET "${column.name}" = ?${documentOf(column, value)}`).run(value);
    } catch {
      return 'constrained';
    }
    try {
      return leaks(look()) ? 'LEAKED' : 'clean';
    } catch {
      return 'refused';
    }
  } finally {
    vault.db.exec('ROLLBACK');
  }
}

/** A changed document takes the place of its own kind, not of all of them. */
function documentOf({ table }: Column, value: string | number): string {
  if (table !== 'run_document' || typeof value !== 'string' || !value.startsWith('{')) return '';
  const keys = Object.keys(JSON.parse(value) as object);
  return ` WHERE kind = '${keys.includes('parts') ? 'evaluation' : keys.includes('node') ? 'environment' : 'split'}'`;
}

function run(vault: Vault): string {
  const evidence = evidenceOf(cohort(215, 285));
  evidence.detail = {
    ...evidence.detail,
    tags: { ward: 'north' },
    note: 'a note',
    name: 'a name',
    params: { l2: 1, optimizer: 'adam' },
  };
  const id = storeRun(vault, evidence);
  vault.db.exec(
    `INSERT INTO latest (run_id, key, last, min, max, step, time, count) SELECT id, 'train/loss', 1, 1, 1, 1, 1, 1 FROM run`,
  );
  vault.db.exec(`INSERT INTO setting (key, value) VALUES ('siteLabel', '"Site A"')`);
  return id;
}

function exported(vault: Vault, id: string): string {
  const draft = createDraft(vault, [id]);
  return draft.files.map(({ name }) => readDraftFile(vault.db, draft.digest, name).text).join('\n');
}

test('T0: a canary in any column, or anywhere inside a document, never reaches the bytes of a report', async () => {
  process.env.WARDBOOK_TEST_CANARY = word;
  await withVault((vault) => {
    const id = run(vault);
    expect(leaks(exported(vault, id))).toBe(false);
    const outcomes: Record<Outcome, string[]> = { constrained: [], refused: [], clean: [], LEAKED: [] };
    for (const column of columnsOf(vault)) {
      for (const value of plantsFor(vault, column)) {
        outcomes[tryPlant(vault, column, value, () => exported(vault, id))].push(`${column.table}.${column.name}`);
      }
    }
    expect(outcomes.LEAKED).toEqual([]);
    // Most plants must go through to a finished report, or the test would prove nothing.
    for (const column of [
      'run.name',
      'run.note',
      'param.value',
      'tag.value',
      'dataset.name',
      'run.device',
      'estimate.method',
    ]) {
      expect(outcomes.clean).toContain(column);
    }
    expect(outcomes.clean.length).toBeGreaterThan(outcomes.refused.length);
  }, `wardbook-${word}-`);
  delete process.env.WARDBOOK_TEST_CANARY;
}, 120_000);

test('T0, positive control: with the gate out of the way the same search finds the canaries', async () => {
  await withVault((vault) => {
    const id = run(vault);
    const found = new Set<string>();
    for (const column of columnsOf(vault)) {
      for (const value of plantsFor(vault, column)) {
        const look = (): string => JSON.stringify(collectEvidence(vault, id));
        if (tryPlant(vault, column, value, look) === 'LEAKED') found.add(`${column.table}.${column.name}`);
      }
    }
    for (const column of [
      'run.name',
      'run.note',
      'param.value',
      'tag.value',
      'dataset.name',
      'run_document.json',
      'latest.key',
    ]) {
      expect(found).toContain(column);
    }
  });
}, 120_000);

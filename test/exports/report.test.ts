import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptDraft } from '../../main/exports/accept.ts';
import { createDraft } from '../../main/exports/draft.ts';
import { statement } from '../../main/exports/manifest.ts';
import { exportOperations } from '../../main/exports/operations.ts';
import { envelope, verifyEnvelope } from '../../main/exports/sign.ts';
import { verifyReport } from '../../main/exports/verify.ts';
import { auditHead, listAudit, verifyAudit } from '../../main/store/audit.ts';
import { readDraftFile } from '../../main/store/drafts.ts';
import { keyFacts } from '../../main/store/keys.ts';
import { noteRun } from '../../main/store/runs.ts';
import { writeSettings } from '../../main/store/settings.ts';
import type { Vault } from '../../main/store/vault.ts';
import { storeRun, withVault } from './report-vault.ts';
import { cohort, evidenceOf } from './synthetic.ts';

const stored = (vault: Vault): string => storeRun(vault, evidenceOf(cohort(215, 285)));
const outOf = (vault: Vault): string => join(dirname(vault.dir), 'out');

function signed(vault: Vault): { folder: string; digest: string; files: string[] } {
  const { digest } = createDraft(vault, [stored(vault)]);
  const { files } = acceptDraft(vault, digest, outOf(vault), { unattended: true });
  return { folder: dirname(files[0]!), digest, files };
}

test('X12: the files written are byte for byte those of the preview', async () => {
  await withVault((vault) => {
    const draft = createDraft(vault, [stored(vault)]);
    const preview = draft.files.map(({ name }) => readDraftFile(vault.db, draft.digest, name).text);
    const { files } = acceptDraft(vault, draft.digest, outOf(vault), { unattended: false });
    expect(files.map((file) => basename(file))).toEqual(['report.html', 'report.json', 'manifest.json']);
    expect(files.slice(0, 2).map((file) => readFileSync(file, 'utf8'))).toEqual(preview);
    expect(basename(dirname(files[0]!))).toMatch(/^export-[a-z0-9]{8}$/);
    expect(statSync(files[0]!).mtimeMs % 86_400_000).toBe(0);
  });
});

test('the window calls a report of its own site trusted, one of another site only valid', async () => {
  await withVault(async (vault) => {
    const { folder } = signed(vault);
    const verify = exportOperations['internal.verifyReport'];
    expect(verify(vault, { path: folder })).toMatchObject({ valid: true, trusted: true });
    await withVault((other) => {
      expect(verify(other, { path: folder })).toMatchObject({ valid: true, trusted: false });
    });
  });
});

test('X13 and X15: the manifest names files, policy, audit head and the export before; the log has its entry', async () => {
  await withVault((vault) => {
    const first = signed(vault);
    const second = createDraft(vault, [stored(vault)]);
    const { files } = acceptDraft(vault, second.digest, outOf(vault), { unattended: false });
    const manifest = envelope.parse(JSON.parse(readFileSync(files[2]!, 'utf8')));
    const { predicate } = statement.parse(JSON.parse(Buffer.from(manifest.payload, 'base64').toString()));
    expect(predicate).toMatchObject({
      digest: second.digest,
      previous: first.digest,
      unattended: false,
      policy: { k: 11 },
    });
    expect(predicate.auditHead).toBe(auditHead(vault));
    expect(predicate.key.protection).toBe('unprotected key');
    expect(verifyEnvelope(manifest, createPublicKey(keyFacts(vault.dir).publicKey))).toBe(true);
    expect(listAudit(vault, 1, null).entries[0]).toMatchObject({
      action: 'export.sign',
      detail: { digest: second.digest, unattended: false },
    });
    expect(verifyAudit(vault).valid).toBe(true);
  });
});

test('X14: a report is valid by the key inside, trusted only by the key that was handed over', async () => {
  await withVault((vault) => {
    const { folder, files } = signed(vault);
    const { publicKey, keyId } = keyFacts(vault.dir);
    expect(verifyReport(folder, null)).toMatchObject({ valid: true, trusted: false, signedBy: keyId });
    for (const path of [folder, dirname(folder), ...files]) {
      expect(verifyReport(path, publicKey)).toMatchObject({ valid: true, trusted: true });
    }
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(verifyReport(folder, other)).toMatchObject({ valid: true, trusted: false });
    expect(() => verifyReport(folder, 'no key')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  });
});

test('row 52: a change of any byte of any file makes the report invalid', async () => {
  await withVault((vault) => {
    const { folder, files } = signed(vault);
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.nat(), fc.integer({ min: 1, max: 255 }), (file, at, flip) => {
        const bytes = readFileSync(file);
        const changed = Buffer.from(bytes);
        changed[at % bytes.length]! ^= flip;
        writeFileSync(file, changed);
        const verdict = verifyReport(folder, keyFacts(vault.dir).publicKey);
        writeFileSync(file, bytes);
        expect(verdict).toMatchObject({ valid: false, trusted: false });
      }),
      { numRuns: 150 },
    );
    expect(verifyReport(folder, null).valid).toBe(true);
  });
});

test.each(['report.html', 'report.json', 'manifest.json'])(
  'row 52: without its %s a report is invalid',
  async (name) => {
    await withVault((vault) => {
      const { folder } = signed(vault);
      rmSync(join(folder, name));
      expect(verifyReport(folder, null).valid).toBe(false);
    });
  },
);

test('row 52: the manifest of another report of the same site does not fit', async () => {
  await withVault((vault) => {
    const { folder } = signed(vault);
    const other = signed(vault);
    cpSync(join(other.folder, 'manifest.json'), join(folder, 'manifest.json'));
    expect(verifyReport(folder, keyFacts(vault.dir).publicKey).valid).toBe(false);
    expect(verifyReport(dirname(folder), null).valid).toBe(false);
  });
});

test.each<[string, (vault: Vault, run: string) => void]>([
  ['a note', (vault, run) => noteRun(vault.db, run, 'later')],
  ['the site label', (vault) => void writeSettings(vault.db, { siteLabel: 'Site B' })],
  ['a prediction', (vault) => void vault.db.exec(`UPDATE prediction SET data = zeroblob(length(data))`)],
  [
    'a byte of the draft itself',
    (vault) => void vault.db.exec(`UPDATE draft_file SET bytes = zeroblob(10) WHERE name = 'report.json'`),
  ],
])('X12, row 51: a change of %s after the preview voids the draft, and nothing is written', async (_what, change) => {
  await withVault((vault) => {
    const run = stored(vault);
    const { digest } = createDraft(vault, [run]);
    change(vault, run);
    expect(() => acceptDraft(vault, digest, outOf(vault), { unattended: false })).toThrow(
      expect.objectContaining({ code: 'EXPORT_CHANGED' }),
    );
    expect(() => readdirSync(outOf(vault))).toThrow();
    expect(listAudit(vault, 10, null).total).toBe(0);
  });
});

test('another theme does not void a draft', async () => {
  await withVault((vault) => {
    const { digest } = createDraft(vault, [stored(vault)]);
    writeSettings(vault.db, { theme: 'dark' });
    expect(acceptDraft(vault, digest, outOf(vault), { unattended: false }).files).toHaveLength(3);
  });
});

test('X15: no audit entry, no file; a broken chain stops the export before it begins', async () => {
  await withVault((vault) => {
    const { digest } = signed(vault);
    vault.db.exec(`DROP TRIGGER audit_no_update; UPDATE audit SET detail = '{}'`);
    expect(() => createDraft(vault, [stored(vault)])).toThrow(expect.objectContaining({ code: 'AUDIT_BROKEN' }));
    expect(() => acceptDraft(vault, digest, outOf(vault), { unattended: true })).toThrow(
      expect.objectContaining({ code: 'AUDIT_BROKEN' }),
    );
    expect(readdirSync(outOf(vault))).toHaveLength(1);
  });
});

test('a folder that cannot be written to is said before anything is signed', async () => {
  await withVault((vault) => {
    const { digest } = createDraft(vault, [stored(vault)]);
    mkdirSync(outOf(vault));
    writeFileSync(join(outOf(vault), 'file'), '');
    chmodSync(join(outOf(vault), 'file'), 0o400);
    expect(() => acceptDraft(vault, digest, join(outOf(vault), 'file'), { unattended: false })).toThrow(
      expect.objectContaining({ code: 'OUTPUT_UNWRITABLE' }),
    );
    expect(listAudit(vault, 10, null).total).toBe(0);
  });
});

test('drafts and runs that do not exist are told apart', async () => {
  await withVault((vault) => {
    expect(() => acceptDraft(vault, '0'.repeat(64), outOf(vault), { unattended: false })).toThrow(
      expect.objectContaining({ code: 'DRAFT_NOT_FOUND' }),
    );
    expect(() => createDraft(vault, ['0'.repeat(32)])).toThrow(expect.objectContaining({ code: 'RUN_NOT_FOUND' }));
    expect(() => createDraft(vault, [])).toThrow(expect.objectContaining({ code: 'EXPORT_EMPTY' }));
  });
});

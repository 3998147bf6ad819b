import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { storeRun, withVault } from './report-vault.ts';
import { cohort, evidenceOf } from './synthetic.ts';

const program = new URL('../../main/cli.ts', import.meta.url).pathname;

type Outcome = { status: number; json: Record<string, unknown>; stderr: string };

const wardbook = (...args: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(process.execPath, [program, ...args, '--json'], (error, stdout, stderr) => {
      const json = stdout === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>);
      resolve({ status: error === null ? 0 : Number(error.code), json, stderr });
    });
  });

test('export builds a draft, --accept signs it, verify and audit verify agree; a changed byte fails with exit 1', async () => {
  await withVault(async (vault) => {
    const run = storeRun(vault, evidenceOf(cohort(215, 285)));
    const out = join(dirname(vault.dir), 'out');
    const at = ['--vault', vault.dir];
    const draft = await wardbook('export', run.slice(0, 8), '--out', out, ...at);
    expect(draft.json).toMatchObject({
      draft: expect.stringMatching(/^[0-9a-f]{64}$/),
      released: expect.any(Number),
      transformed: expect.any(Number),
    });
    expect(draft.json.refused).toContainEqual({ rule: 'F6', count: 2 });

    const done = await wardbook('export', '--accept', String(draft.json.digest), '--out', out, ...at);
    expect(done).toMatchObject({ status: 0, json: { digest: draft.json.digest, signature: expect.any(String) } });
    const files = done.json.files as string[];
    const key = join(vault.dir, 'keys', 'site-signing.pub.pem');
    expect(await wardbook('verify', out, '--key', key)).toMatchObject({
      status: 0,
      json: { valid: true, trusted: true },
    });
    expect(await wardbook('audit', 'verify', ...at)).toMatchObject({
      status: 0,
      json: { valid: true, entries: 1, firstBad: null },
    });
    expect((await wardbook('audit', 'log', ...at)).json).toMatchObject({
      total: 1,
      entries: [{ action: 'export.sign', detail: { unattended: false } }],
    });

    writeFileSync(files[0]!, 'changed');
    expect(await wardbook('verify', files[1]!)).toMatchObject({ status: 1, json: { valid: false, trusted: false } });
    vault.db.exec('DROP TRIGGER audit_no_update; UPDATE audit SET at = at + 1');
    expect(await wardbook('audit', 'verify', ...at)).toMatchObject({ status: 1, json: { valid: false, firstBad: 1 } });
  });
}, 60_000);

test('export RUN --accept does both and is marked unattended; a report without a run is refused', async () => {
  await withVault(async (vault) => {
    const run = storeRun(vault, evidenceOf(cohort(60, 80)));
    const out = join(dirname(vault.dir), 'out');
    const both = await wardbook('export', run, '--out', out, '--accept', '--vault', vault.dir);
    expect(both.json.files).toHaveLength(3);
    expect((await wardbook('audit', 'log', '--vault', vault.dir)).json).toMatchObject({
      entries: [{ detail: { unattended: true } }],
    });
    expect(await wardbook('export', '--out', out, '--vault', vault.dir)).toMatchObject({
      status: 1,
      json: { error: { code: 'EXPORT_EMPTY' } },
    });
  });
}, 60_000);

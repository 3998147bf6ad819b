import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { artifactsFolder, readArtifact } from '../../main/store/artifact-files.ts';
import type { Vault } from '../../main/store/vault.ts';
import { makeRun, openTestVault, temporaryFolder } from './vault-fixture.ts';

describe('bytes of an artifact', () => {
  const dir = temporaryFolder();
  let vault: Vault;
  let run: string;
  const record = (path: string) =>
    vault.db.prepare("INSERT INTO artifact SELECT id, ?, 1, '' FROM run WHERE uid = ?").run(path, run);

  beforeAll(() => {
    vault = openTestVault(dir);
    run = makeRun(vault);
    const folder = artifactsFolder(dir, run);
    mkdirSync(join(folder, 'plots'), { recursive: true });
    writeFileSync(join(folder, 'plots', 'a b.txt'), '0123456789');
    writeFileSync(join(dir, 'runs', run, 'log.txt'), 'secret');
    writeFileSync(join(folder, 'unrecorded.txt'), 'x');
    symlinkSync(join(dir, 'wardbook.db'), join(folder, 'link'));
    for (const path of ['plots/a b.txt', 'link', '../log.txt', 'gone.txt']) record(path);
  });
  afterAll(() => {
    vault.close();
    rmSync(dir, { recursive: true });
  });

  test('come by range, with the size of the whole; past the end there are none', () => {
    const read = (from: number, length: number) => {
      const { bytes, size } = readArtifact(vault, run, 'plots/a b.txt', from, length);
      return [Buffer.from(bytes).toString(), size];
    };
    expect(read(0, 4)).toEqual(['0123', 10]);
    expect(read(8, 4)).toEqual(['89', 10]);
    expect(read(20, 4)).toEqual(['', 10]);
  });
  test.each(['unrecorded.txt', 'link', '../log.txt', 'gone.txt', 'plots', '/etc/passwd'])(
    'are not given for %s, which is no file the run recorded in its folder',
    (path) => {
      expect(() => readArtifact(vault, run, path, 0, 10)).toThrow(
        expect.objectContaining({ code: 'ARTIFACT_NOT_FOUND' }),
      );
    },
  );
});

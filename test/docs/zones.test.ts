import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'wardbook-zones-'));

beforeAll(() => {
  for (const room of ['shared', 'main']) mkdirSync(join(folder, room));
  writeFileSync(join(folder, 'main', 'disk.ts'), 'export const disk: string = "";\n');
  writeFileSync(
    join(folder, 'shared', 'probe.ts'),
    "import { disk } from '../main/disk.ts';\nexport const seen = disk;\n",
  );
  cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('an import across the zones is found: the tool really reads TypeScript', () => {
  const tool = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const run = spawnSync(process.execPath, [tool, '--config', join(root, '.dependency-cruiser.cjs'), 'shared', 'main'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(run.stdout).toContain('shared-is-pure');
  expect(run.status).not.toBe(0);
});

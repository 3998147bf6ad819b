import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'shared', 'zone-probe');
const probe = join(folder, 'probe.ts');

beforeAll(() => {
  mkdirSync(folder);
  writeFileSync(probe, "import '../../main/store/open.ts';\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('an import across the zones is found: the tool really reads TypeScript', () => {
  const tool = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const run = spawnSync(process.execPath, [tool, '--config', '.dependency-cruiser.cjs', 'shared/zone-probe'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(run.stdout).toContain('shared-is-pure');
  expect(run.status).not.toBe(0);
});

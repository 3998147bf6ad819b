import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const children = join(import.meta.dirname, 'children');
function inChild(script: string, args: string[], preload: string | null, env: Record<string, string> = {}): string {
  const before = preload === null ? [] : ['--import', join(children, preload)];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...before, join(children, script), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 60_000,
  });
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  return stdout;
}

test.each(['gradient-boosting', 'random-forest'])(
  'a helper of %s that dies with work in hand ends the fit with an error',
  { timeout: 150_000 },
  (recipe) => {
    expect(inChild('fit-trees.ts', [recipe], null)).toBe('finished');
    expect(inChild('fit-trees.ts', [recipe], 'die-in-thread.ts')).toBe('TRAINER_CRASHED');
  },
);

test('a whole fit of cnn in too little memory goes on with smaller batches where it may, else fails with OUT_OF_MEMORY', {
  timeout: 150_000,
}, () => {
  type Ended = { batchSize: number; losses: number[]; lines: string[] };
  const limit = { WASM_LIMIT_MIB: '48' };
  const free = JSON.parse(inChild('fit-cnn.ts', ['smaller'], null)) as Ended;
  expect(free.batchSize).toBe(64);
  const limited = JSON.parse(inChild('fit-cnn.ts', ['smaller'], 'limit-wasm.ts', limit)) as Ended;
  expect(limited.batchSize).toBeLessThan(32);
  expect(limited.lines).toContainEqual(expect.stringMatching(/^64 → 16$/));
  expect(limited.losses).toHaveLength(2);
  expect(limited.losses.every(Number.isFinite)).toBe(true);
  expect(JSON.parse(inChild('fit-cnn.ts', ['strict'], 'limit-wasm.ts', limit))).toMatchObject({
    code: 'OUT_OF_MEMORY',
  });
});

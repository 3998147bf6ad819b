import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkpointsFolder } from '../../main/store/checkpoint-files.ts';
import { createSupervisor, type Supervisor } from '../../main/training/supervisor.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { TrainSpec } from '../../shared/model/train-spec.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { newRun } from '../store/new-run-fixture.ts';
import { cohortCsv, type TestVault, vaultWith, wish } from './cohort.ts';

let vault: TestVault;
let supervisor: Supervisor;
let progress: (id: string, done: number) => void = () => {};
beforeAll(async () => {
  vault = await vaultWith(cohortCsv(600, 41), 'patient');
  supervisor = createSupervisor({
    client: vault.client,
    vaultDir: vault.dir,
    onNews: (news) => {
      if (news.type === 'progress') progress(news.id, news.done);
    },
  });
});
afterAll(async () => {
  await supervisor.close();
  await vault.client.close();
});

const show = (id: string) => vault.client.call('runs.show', { id });
const mlp: Partial<TrainSpec> = {
  recipe: 'mlp',
  engine: 'cpu',
  params: { epochs: 40, patience: 40, hidden: '32, 16', batch_size: 8 },
};

/** Kills the run's trainer once its progress has reached `at`. */
async function killedAt(changes: Partial<TrainSpec>, at: number): Promise<string> {
  const { id } = await supervisor.start(wish(changes));
  progress = (other, done) => {
    if (other !== id || done < at) return;
    progress = () => {};
    process.kill(supervisor.list().find((one) => one.id === id)!.pid!, 'SIGKILL');
  };
  expect(await supervisor.wait(id)).toBe('crashed');
  return id;
}

async function readSeries(id: string, keys: string[]) {
  const [answer] = await vault.client.call('runs.series', { ids: [id], keys, maxPoints: 4000 });
  return answer!.series;
}

async function outcome(id: string) {
  const { estimates, artifacts, coefficients, seriesKeys } = await show(id);
  const keys = seriesKeys.filter((key) => !key.startsWith('system/'));
  const series = await readSeries(id, keys);
  return {
    estimates,
    artifacts,
    coefficients,
    series: series.map(({ key, steps, values }) => [key, Array.from(steps), Array.from(values)]),
  };
}

describe('a run killed in the middle ends, once resumed, as if nothing had happened', () => {
  const random = createRandom(Date.now() % 2 ** 31);
  test.each([
    ['one split, in the first half', mlp, 0.2 + 0.2 * random.uniform()],
    ['one split, towards the end', mlp, 0.6 + 0.25 * random.uniform()],
    [
      'folds',
      { ...mlp, params: { ...mlp.params, epochs: 15 }, split: { kind: 'folds', folds: 3 } } as Partial<TrainSpec>,
      0.3 + 0.6 * random.uniform(),
    ],
  ])('%s', { timeout: 180_000 }, async (_, changes, at) => {
    const whole = await supervisor.start(wish(changes));
    expect(await supervisor.wait(whole.id)).toBe('finished');
    const id = await killedAt(changes, at);
    const crashed = await show(id);
    expect(crashed.resumable).toEqual({ can: true, why: null });
    expect(crashed.checkpoint).not.toBeNull();
    await supervisor.resume(id);
    expect(await supervisor.wait(id)).toBe('finished');
    expect(await outcome(id)).toEqual(await outcome(whole.id));
    const run = await show(id);
    expect(run).toMatchObject({
      reason: null,
      startedAt: crashed.startedAt,
      checkpoint: null,
      resumable: { can: false },
      resumes: [{ from: crashed.checkpoint, status: 'crashed', reason: crashed.reason, changed: [] }],
      badges: [],
    });
    expect(existsSync(checkpointsFolder(vault.dir, id))).toBe(false);
    const log = await vault.client.call('runs.log', { id, search: '', from: 0, limit: 1000 });
    expect(log.lines.some(({ text }) => /Goes on after epoch \d+|Fitted before/.test(text))).toBe(true);
  });
});

test('a stopped run keeps its last epoch and goes on from there', { timeout: 60_000 }, async () => {
  const { id } = await supervisor.start(wish({ ...mlp, checkpointEvery: 1000 }));
  progress = (other, done) => {
    if (other === id && done > 0.3) void supervisor.stop(id);
  };
  expect(await supervisor.wait(id)).toBe('stopped');
  progress = () => {};
  const { checkpoint } = await show(id);
  const [series] = await readSeries(id, ['train/loss']);
  expect(checkpoint!.epoch).toBe(series!.steps.at(-1));
  await supervisor.resume(id);
  expect(await supervisor.wait(id)).toBe('finished');
});

describe('a run that cannot go on says why', () => {
  const ended = async (code: ErrorCode, status: 'finished' | 'failed'): Promise<string> => {
    const { client } = vault;
    const { id } = await client.call('internal.createRun', newRun({ recipe: 'mlp', documents: { spec: wish(mlp) } }));
    await client.call('internal.finishRun', { id, status, reason: 'why', code, result: null });
    return id;
  };
  test.each([
    ['finished', 'INTERNAL', 'finished', /has finished/],
    ['failed for good', 'NOT_CONVERGED', 'failed', /only come again/],
  ] as const)('%s', async (_, code, status, why) => {
    const id = await ended(code, status);
    expect((await show(id)).resumable).toEqual({ can: false, why: expect.stringMatching(why) });
    await expect(supervisor.resume(id)).rejects.toMatchObject({
      code: 'RUN_NOT_RESUMABLE',
      message: expect.stringMatching(why),
    });
    expect((await show(id)).resumes).toEqual([]);
  });

  test.each(['OUT_OF_MEMORY', 'DISK_FULL', 'ENGINE_LOST'] as const)('failed with %s it can', async (code) => {
    expect((await show(await ended(code, 'failed'))).resumable).toEqual({ can: true, why: null });
  });

  test('unknown', async () => {
    await expect(supervisor.resume('0'.repeat(32))).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });
});

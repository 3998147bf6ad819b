import type { Worker } from 'node:worker_threads';
import { expect, test, vi } from 'vitest';

/** Every thread that was started. */
const started = vi.hoisted(() => [] as Worker[]);
vi.mock('node:worker_threads', async (original) => {
  const actual = await original<typeof import('node:worker_threads')>();
  class Kept extends actual.Worker {
    constructor(...given: ConstructorParameters<typeof actual.Worker>) {
      super(...given);
      started.push(this);
    }
  }
  return { ...actual, Worker: Kept };
});

const { cnn } = await import('../../../main/training/recipes/cnn/cnn.ts');
const { input } = await import('./spots.ts');

test('a thread that dies, between passes or within one, ends the fit with its error at once', {
  timeout: 60_000,
}, async () => {
  for (const thread of [0, 1]) {
    started.length = 0;
    let epochs = 0;
    const checkpoint = {
      saved: null,
      async offer() {
        epochs++;
        // The second time round the next epoch has begun by the time it is gone.
        const ending = started[thread]!.terminate();
        if (thread === 0) await ending;
      },
    };
    const fit = cnn.fit(input({ epochs: 50 }, { checkpoint }));
    await expect(fit).rejects.toMatchObject({ code: 'TRAINER_CRASHED', message: expect.stringMatching(/thread/) });
    expect(epochs).toBeLessThanOrEqual(2);
  }
});

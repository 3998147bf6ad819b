import { mkdtempSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkpointFile, checkpointsFolder, newestCheckpoint } from '../../main/store/checkpoint-files.ts';
import { decodeCheckpoint, encodeCheckpoint, type SavedCheckpoint } from '../../main/training/checkpoints/format.ts';
import { keepCheckpoints } from '../../main/training/checkpoints/keep-checkpoints.ts';
import { readCheckpoints } from '../../main/training/checkpoints/read-checkpoints.ts';
import { createKeeper } from '../../main/training/checkpoints/write-checkpoint.ts';
import { createReporter, Stopped } from '../../main/training/reporter.ts';

const recipe = { id: 'mlp', version: '1.0' };
const runId = 'c'.repeat(32);
let vault: string;
let folder: string;
beforeEach(() => {
  vault = mkdtempSync(join(tmpdir(), 'wardbook-checkpoints-'));
  folder = checkpointsFolder(vault, runId);
});

const checkpoint = (epoch: number | null, score: number | null = null, fit = 'kept'): SavedCheckpoint => ({
  header: { recipe: recipe.id, recipeVersion: recipe.version, fit, epoch, score, points: [] },
  state: { document: { epoch, text: 'ä' }, arrays: [Float32Array.of(1.5, -0, Number.NaN), Int32Array.of(-7)] },
});
const files = (): string[] => readdirSync(folder).sort();

describe('a checkpoint file', () => {
  test('gives back every bit of what was put in, each array on its own', () => {
    const { state, header } = checkpoint(12);
    state.arrays.push(Float64Array.of(Math.PI), Uint8Array.of(1, 2, 255), new Float32Array(0));
    const back = decodeCheckpoint(encodeCheckpoint({ header, state }))!;
    expect(back.header).toEqual(header);
    expect(back.state).toEqual(state);
    expect(Object.is(back.state.arrays[0]![1], -0)).toBe(true);
    expect(new Set(back.state.arrays.map(({ buffer }) => buffer)).size).toBe(5);
  });

  test('with any byte changed, or cut off anywhere, is none', () => {
    const whole = encodeCheckpoint(checkpoint(3));
    for (let at = 0; at < whole.length; at++) {
      const damaged = whole.slice();
      damaged[at]! ^= 1;
      expect(decodeCheckpoint(damaged), `byte ${at}`).toBeNull();
      expect(decodeCheckpoint(whole.subarray(0, at)), `first ${at} bytes`).toBeNull();
    }
  });
});

describe('of a fit that goes on', () => {
  test('the last two and the one with the lowest score are kept, private; once it has ended its model alone', () => {
    const keeper = createKeeper(folder);
    const scores = [0.9, 0.4, 0.6, 0.7, 0.8];
    scores.forEach((score, i) => {
      keeper.write(checkpoint(i + 1, score));
    });
    expect(files()).toEqual(['kept.2.checkpoint', 'kept.4.checkpoint', 'kept.5.checkpoint']);
    expect(statSync(join(folder, files()[0]!)).mode & 0o777).toBe(0o600);
    expect(newestCheckpoint(vault, runId)).toMatchObject({ fit: 'kept', epoch: 5 });
    keeper.write(checkpoint(null));
    keeper.write(checkpoint(1, null, 'fold-1'));
    expect(files()).toEqual(['fold-1.1.checkpoint', 'kept.fitted']);
  });

  test('what an interrupted run left is known again: the best stays, what was never completed goes', () => {
    createKeeper(folder).write(checkpoint(1, 0.1));
    createKeeper(folder).write(checkpoint(2, 0.5));
    writeFileSync(join(folder, 'kept.3.checkpoint.99.part'), 'half');
    const keeper = createKeeper(folder);
    for (const epoch of [3, 4, 5]) keeper.write(checkpoint(epoch, 0.6));
    expect(files()).toEqual(['kept.1.checkpoint', 'kept.4.checkpoint', 'kept.5.checkpoint']);
  });
});

describe('reading', () => {
  const read = () => {
    const lines: string[] = [];
    return { lines, found: readCheckpoints(vault, runId, recipe, (line) => lines.push(line)).newest('kept') };
  };

  test('takes the newest, and the one before when that is damaged, and says so', () => {
    const keeper = createKeeper(folder);
    keeper.write(checkpoint(8));
    keeper.write(checkpoint(9));
    expect(read()).toMatchObject({ lines: [], found: { header: { epoch: 9 } } });
    const newest = join(folder, checkpointFile('kept', 9));
    truncateSync(newest, readFileSync(newest).length - 1);
    expect(read()).toMatchObject({
      lines: ['The checkpoint of epoch 9 of kept is damaged and was passed over.'],
      found: { header: { epoch: 8 } },
    });
  });

  test('begins anew when the checkpoint is of another version of the recipe', () => {
    const other = checkpoint(4);
    other.header.recipeVersion = '0.9';
    createKeeper(folder).write(other);
    expect(read()).toEqual({
      lines: ['The checkpoint of epoch 4 of kept is of another version of mlp, so this fit begins anew.'],
      found: null,
    });
  });
});

describe('a run that trains', () => {
  const options = () => ({ vaultDir: vault, runId, recipe, every: 1, unit: 'epochs' });
  const state = (value: number) => () => ({ document: { value }, arrays: [] });

  test('stopped right after an epoch keeps that epoch, whatever the last checkpoint was', async () => {
    const reporter = createReporter(() => {});
    const { offer } = keepCheckpoints(options(), reporter).of('kept');
    await offer(1, state(1));
    await reporter.breathe();
    await offer(2, state(2));
    reporter.requestStop();
    await expect(reporter.breathe()).rejects.toThrow(Stopped);
    const again = keepCheckpoints(
      options(),
      createReporter(() => {}),
    );
    expect(again.of('kept').saved).toEqual({ document: { value: 2 }, arrays: [] });
  });

  test('stopped in the middle of an epoch does not ask for a state that is half of the next one', async () => {
    const reporter = createReporter(() => {});
    const { offer } = keepCheckpoints(options(), reporter).of('kept');
    await offer(1, state(1));
    await reporter.breathe();
    reporter.requestStop();
    await expect(reporter.breathe()).rejects.toThrow(Stopped);
    expect(
      keepCheckpoints(
        options(),
        createReporter(() => {}),
      ).of('kept').saved,
    ).toBeNull();
  });

  test('tells the last points again, should they not have arrived, and knows the fits that had ended', async () => {
    const sent: unknown[] = [];
    const first = createReporter(() => {});
    const kept = keepCheckpoints(options(), first);
    first.fit('', 0, 1).point('train/loss', 7, 0.25);
    kept.keep('kept', { document: { kind: 'mlp' }, weights: Uint8Array.of(9), coefficients: null });
    await kept.written();
    const second = createReporter((message) => void sent.push(message));
    const again = keepCheckpoints(options(), second);
    expect(again.finished('fold-1')).toBeNull();
    expect(again.finished('kept')).toEqual({
      document: { kind: 'mlp' },
      weights: Uint8Array.of(9),
      coefficients: null,
    });
    second.flush();
    expect(sent).toContainEqual({
      type: 'points',
      points: [expect.objectContaining({ key: 'train/loss', step: 7, value: 0.25 })],
    });
  });
});

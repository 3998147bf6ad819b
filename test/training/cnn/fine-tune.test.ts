import { beforeAll, describe, expect, test } from 'vitest';
import { cnn } from '../../../main/training/recipes/cnn/cnn.ts';
import { layoutOf } from '../../../main/training/recipes/cnn/network/layout.ts';
import type { Part } from '../../../main/training/recipes/cnn/network/part.ts';
import { storedNetwork, unpacked } from '../../../main/training/recipes/cnn/stored-network.ts';
import { fineTuneDeclaration } from '../../../main/training/recipes/fine-tune/declaration.ts';
import { type Depth, depths } from '../../../main/training/recipes/fine-tune/depth.ts';
import { fineTune } from '../../../main/training/recipes/fine-tune/fine-tune.ts';
import type {
  FitInput,
  FitState,
  ImageInputs,
  ImageSamples,
  StoredModel,
} from '../../../main/training/recipes/recipe.ts';
import type { ParamValue } from '../../../shared/model/run.ts';
import { input, train } from './spots.ts';

let start: StoredModel;
beforeAll(async () => {
  const { document, weights, dispose } = await cnn.fit(input({ widths: '3, 4, 5', epochs: 1 }, { validation: null }));
  dispose();
  start = { document, weights };
}, 60_000);

const defaults = Object.fromEntries(fineTuneDeclaration.params.map((param) => [param.name, param.default]));
const wish = (params: Record<string, ParamValue>, more: Partial<FitInput<ImageInputs>> = {}) => ({
  ...input({}, { start, ...more }),
  params: { ...defaults, epochs: 2, batch_size: 130, ...params },
});

async function tuned(params: Record<string, ParamValue>, more: Partial<FitInput<ImageInputs>> = {}) {
  const given = wish(params, more);
  const { document, weights, dispose } = await fineTune.fit(given);
  dispose();
  return { document, weights, report: given.report };
}

/** 32-bit patterns of these numbers: 0 and -0 are two. */
const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.slice().buffer);
const of = ({ offset, size }: Part, values: Float32Array): Uint32Array => bits(values.subarray(offset, offset + size));

/*
 * Of widths 3, 4, 5 on grey images with one score, from the architecture by hand:
 *   head      5 × 1 + 1                                              =   6
 *   block 3   3·3·4·5 + 2·5, 3·3·5·5 + 2·5, shortcut 4·5 + 2·5       = 455
 *   block 2   3·3·3·4 + 2·4, 3·3·4·4 + 2·4, shortcut 3·4 + 2·4       = 288
 *   block 1   2 × (3·3·3·3 + 2·3), no shortcut                       = 174
 *   stem      3·3·1·3 + 2·3                                          =  33
 */
const byHand: Record<Depth, number> = { head: 6, 'last-block': 461, 'last-two-blocks': 749, all: 956 };
const firstTrained: Record<Depth, number> = { head: 4, 'last-block': 3, 'last-two-blocks': 2, all: 0 };

describe.each(depths.flatMap((depth) => (['adamw', 'sgd'] as const).map((optimizer) => [depth, optimizer] as const)))(
  'depth %s with %s',
  (depth, optimizer) => {
    // Five shards a batch, then one: statistics added up by their shares need not give back the same bits.
    test('what is frozen keeps every bit, what is not learns', { timeout: 60_000 }, async () => {
      const keep = optimizer === 'sgd' ? 'average' : 'best';
      const { document, weights, report } = await tuned({ depth, optimizer, keep, weight_decay: 0.1 });
      const layout = layoutOf(storedNetwork.parse(document).architecture);
      const [before] = unpacked(start);
      const [after] = unpacked({ document, weights });
      const compare = (parts: Part[], was: Float32Array, is: Float32Array): void => {
        for (const part of parts) {
          if (part.block < firstTrained[depth]) expect(of(part, is), part.name).toEqual(of(part, was));
          else expect(of(part, is), part.name).not.toEqual(of(part, was));
        }
      };
      compare(layout.parameters, before!.parameters, after!.parameters);
      compare(layout.statistics, before!.statistics, after!.statistics);
      expect(document).toMatchObject({ parameters: 956, trainable: byHand[depth] });
      expect(report.points).toContainEqual({ key: 'network/trainable', step: 0, value: byHand[depth] });
      expect(report.lines).toContainEqual(`Depth ${depth}: ${byHand[depth]} of 956 weights learn, the rest is frozen.`);
    });
  },
);

test('other classes get a new head; the same classes keep theirs', { timeout: 60_000 }, async () => {
  const three: ImageSamples = { ...train, y: train.y.map((_, i) => i % 3) };
  const still = { learning_rate: 1e-6, weight_decay: 0, epochs: 1, depth: 'head' };
  const other = await tuned(still, { task: 'multiclass', classes: ['a', 'b', 'c'], train: three, validation: null });
  expect(other.document).toMatchObject({ architecture: { outputs: 3, widths: [3, 4, 5] }, trainable: 5 * 3 + 3 });
  expect(other.report.lines.some((line) => line.includes('the head is new'))).toBe(true);
  const headOf = ({ document, weights }: StoredModel) =>
    unpacked({ document, weights })[0]!.parameters.slice(storedHeadAt(document));
  const was = headOf(start);
  const apart = (values: Float32Array): number =>
    values.reduce((most, v, i) => Math.max(most, Math.abs(v - was[i]!)), 0);
  expect(apart(headOf(await tuned(still, { validation: null })))).toBeLessThan(1e-4);
  const renamed = await tuned(still, { validation: null, classes: ['no', 'yes'] });
  expect(apart(headOf(renamed))).toBeGreaterThan(1e-2);
});

function storedHeadAt(document: Record<string, unknown>): number {
  const { parameters, blocks } = layoutOf(storedNetwork.parse(document).architecture);
  return parameters.find(({ block }) => block === blocks - 1)!.offset;
}

test('an interruption changes no bit', { timeout: 60_000 }, async () => {
  const states: FitState[] = [];
  const offer = async (_: number, state: () => FitState | Promise<FitState>): Promise<void> => {
    states.push(structuredClone(await state()));
  };
  const params = { epochs: 3, mixup: 0.3, dropout: 0.2, elastic: 0.03 };
  const whole = await tuned(params, { checkpoint: { saved: null, offer } });
  expect(states).toHaveLength(3);
  for (const saved of states) {
    const resumed = await tuned(params, { checkpoint: { saved, async offer() {} } });
    expect(resumed.weights).toEqual(whole.weights);
    expect(resumed.report.points.filter(({ key }) => key === 'network/trainable')).toEqual([]);
  }
});

test('of snapshots the last is the start, and pixels keep the scale of the start', { timeout: 60_000 }, async () => {
  const params = { widths: '3, 4', epochs: 2, ensemble: 'snapshots', snapshots: 2 };
  const several = await cnn.fit(input(params, { validation: null }));
  several.dispose();
  const dark: ImageSamples = { ...train, read: (at, into) => train.read(at, into).map((value) => value >> 1) };
  const { document, weights } = await tuned({ depth: 'head' }, { start: several, train: dark, validation: null });
  const stem = (set: { parameters: Float32Array }) => bits(set.parameters.subarray(0, 33));
  expect(stem(unpacked({ document, weights })[0]!)).toEqual(stem(unpacked(several)[1]!));
  expect(stem(unpacked(several)[0]!)).not.toEqual(stem(unpacked(several)[1]!));
  expect(document.pixels).toEqual(several.document.pixels);
});

test.each([
  ['nothing to start from', { start: null }, 'PARAM_INVALID', /choose a run \(--from RUN\)/],
  ['the model of a table', { start: { document: { kind: 'logistic' }, weights: null } }, 'KIND_UNSUPPORTED', /none/],
  ['images of another size', { train: { ...train, width: 12 } }, 'KIND_UNSUPPORTED', /10 × 10 × 1, not of 12 × 10 × 1/],
] as [string, Partial<FitInput<ImageInputs>>, string, RegExp][])('%s is refused', async (_, more, code, message) => {
  await expect(fineTune.fit(wish({}, more))).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

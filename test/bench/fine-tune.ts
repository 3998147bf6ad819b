import { noCheckpoints } from '../../main/training/checkpoints.ts';
import { cnn } from '../../main/training/recipes/cnn/cnn.ts';
import { findRecipe } from '../../main/training/recipes/declarations.ts';
import { fineTune } from '../../main/training/recipes/fine-tune/fine-tune.ts';
import type { ImageRecipe, ImageSamples, StoredModel } from '../../main/training/recipes/recipe.ts';
import type { ParamValue } from '../../shared/model/run.ts';
import { auc } from '../../shared/statistics/auc.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { hasSampleData } from '../acceptance/wardbook.ts';
import { quietReport } from '../training/quiet-report.ts';
import type { Bench, Row } from './bench.ts';
import { CLASSES, type Image, listed, samples } from './children/pneumonia.ts';

export const title = 'fine-tune against from scratch, pneumonia';

/**
 * One network learns from half of the training images. Of the other half each seed draws a tenth of all training images, and from
 * these alone one network starts from scratch and one from the first network. Both are tested on the dataset's own test part. Both
 * run the same number of epochs with the defaults of their recipe otherwise; nothing is chosen on validation.
 */
export const run: Bench['run'] = async ({ scale }) => {
  if (!hasSampleData) {
    const name = 'not measured here: needs ../shared/data';
    return [{ name, figure: Number.NaN, unit: '', target: '', met: true }];
  }
  const images = listed();
  const part = (split: string): Image[] => images.filter((image) => image.split === split);
  const train = shuffled(part('train'), 1);
  const half = Math.floor(train.length / 2);
  const test = samples(part('test'));
  const checkpoint = await trained(cnn, 'cnn', samples(train.slice(0, half)), { epochs: 6 }, 1, null);
  const rows: Row[] = [{ ...plain('test AUC of the first network'), figure: await tested(checkpoint, test) }];
  checkpoint.dispose();
  const [scratch, tuned]: [number[], number[]] = [[], []];
  for (let seed = 1; seed <= (scale === 'full' ? 5 : 2); seed++) {
    const few = samples(shuffled(train.slice(half), 100 + seed).slice(0, Math.round(train.length / 10)));
    const anew = await trained(cnn, 'cnn', few, { epochs: 20 }, seed, null);
    scratch.push(await tested(anew, test));
    anew.dispose();
    const further = await trained(fineTune, 'fine-tune', few, { epochs: 20 }, seed, checkpoint);
    tuned.push(await tested(further, test));
    further.dispose();
  }
  const list = (values: number[]): string => values.map((value) => value.toFixed(3)).join(', ');
  const wins = tuned.filter((value, i) => value > scratch[i]!).length;
  return [
    ...rows,
    {
      name: `mean test AUC of fine-tune on a tenth of the labels (${list(tuned)})`,
      figure: mean(tuned),
      unit: '',
      baseline: { name: `from scratch on the same labels (${list(scratch)})`, figure: mean(scratch) },
      target: 'higher in the mean, and for most seeds',
      met: mean(tuned) > mean(scratch) && wins > tuned.length / 2,
    },
  ];
};

const plain = (name: string) => ({ name, unit: '', target: '', met: true });
const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function shuffled(images: Image[], seed: number): Image[] {
  const random = createRandom(seed);
  const order = images.map((image) => ({ image, at: random.uniform() }));
  return order.sort((a, b) => a.at - b.at).map(({ image }) => image);
}

function trained(
  recipe: ImageRecipe,
  id: string,
  train: ImageSamples,
  params: Record<string, ParamValue>,
  seed: number,
  start: StoredModel | null,
) {
  const defaults = Object.fromEntries(findRecipe(id).params.map((param) => [param.name, param.default]));
  return recipe.fit({
    engine: 'cpu',
    cores: 2,
    deterministic: true,
    task: 'binary',
    train,
    validation: null,
    classes: CLASSES,
    columns: [],
    params: { ...defaults, keep: 'last', ...params },
    seed,
    allowSmallerBatch: false,
    checkpoint: noCheckpoints.of('kept'),
    start,
    report: quietReport(),
  });
}

const tested = async (model: Awaited<ReturnType<typeof trained>>, test: ImageSamples): Promise<number> =>
  auc(test.y, await model.predict(test))!;

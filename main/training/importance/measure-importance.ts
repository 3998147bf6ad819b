import { count } from '../../../shared/format.ts';
import type { Importance } from '../../../shared/model/importance.ts';
import type { FitContext, Fitted } from '../fit-on-rows.ts';
import type { Reporter } from '../reporter.ts';
import { drawRows, shuffleOf } from './draw.ts';
import { effortFor } from './effort.ts';
import { regions } from './shuffle-region.ts';
import { type ShuffledScores, summarise } from './summarise.ts';

export type Measurement = {
  /** Shuffles the held-out rows of one fit; to be called while its model can still predict. Positions among the plan's rows. */
  add(fitted: Pick<Fitted, 'predict' | 'shuffling'>, at: Int32Array): Promise<void>;
  /** Over the rows of all fits together. */
  result(): Importance | null;
};

type Asked = Pick<FitContext, 'plan' | 'recipe' | 'params'> & { name: string };

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019) of every feature on the held-out rows `held`: each
 * fit's model predicts its own ones, scores are pooled, and the metric of the pooled scores is compared with and without
 * shuffling, so that the baseline of folds is that of the out-of-fold predictions. null when the params ask for none.
 */
export function measureImportance(
  { plan, recipe, params, name: recipeId }: Asked,
  held: Int32Array,
  seed: number,
  reporter: Pick<Reporter, 'log' | 'breathe'>,
): Measurement | null {
  const asked = Number(params.importance_repeats ?? 0);
  const images = recipe.input === 'images';
  const names = images ? regions : plan.features;
  if (asked === 0 || held.length === 0 || names.length === 0) return null;
  const classes = plan.classes.length;
  const passes = (plan.rows.length - held.length || plan.rows.length) * Number(params.epochs ?? 0);
  const effort = effortFor({
    recipe: recipeId,
    images,
    rows: held.length,
    features: names.length,
    classes,
    trees: Number(params.trees ?? 1),
    repeats: asked,
    passes,
  });
  const drawn = drawRows(held, plan.subject, effort.rows, seed);
  const cut = drawn.length < held.length ? ` on ${count(drawn.length)} of ${count(held.length)} rows` : '';
  const fewer = effort.repeats < asked ? ` (${asked} were asked for, which would take too long)` : '';
  reporter.log(
    `Importance: each of ${names.length} ${images ? 'regions' : 'features'} is shuffled ${effort.repeats} times${fewer}${cut}.`,
  );

  const outputs = classes > 2 ? classes : 1;
  const place = new Int32Array(plan.y.length).fill(-1);
  drawn.forEach((i, k) => {
    place[i] = k;
  });
  const empty = (): Float64Array => new Float64Array(drawn.length * outputs);
  const pooled: ShuffledScores = {
    truth: Float64Array.from(drawn, (i) => plan.y[i]!),
    classes,
    subject: plan.subject === null ? null : drawn.map((i) => plan.subject![i]!),
    scores: empty(),
    shuffled: names.map((name) => ({ name, repeats: Array.from({ length: effort.repeats }, empty) })),
  };
  let fits = 0;
  return {
    async add(fitted, at) {
      const rows = at.filter((i) => place[i]! >= 0);
      if (rows.length === 0) return;
      const fit = fits++;
      const put = (into: Float64Array, scores: Float64Array): void =>
        rows.forEach((i, k) => {
          into.set(scores.subarray(k * outputs, (k + 1) * outputs), place[i]! * outputs);
        });
      const scores = await fitted.predict(rows);
      put(pooled.scores, scores);
      const predictShuffled = fitted.shuffling(rows);
      for (const { name, repeats } of pooled.shuffled) {
        for (const [repeat, into] of repeats.entries()) {
          put(into, (await predictShuffled(name, shuffleOf(seed, name, repeat, fit, rows.length))) ?? scores);
          await reporter.breathe();
        }
      }
    },
    result() {
      const summary = summarise(pooled);
      if (summary === null) reporter.log('Importance is undefined: the held-out rows are all of one class.');
      return summary === null ? null : { ...summary, method: methodOf(classes, effort.repeats, cut) };
    },
  };
}

function methodOf(classes: number, repeats: number, cut: string): string {
  const source = classes === 0 ? 'squared errors (delta method)' : "DeLong's placements";
  const spread = repeats < 2 ? '' : ` + sd²/${repeats}`;
  return `permutation, ${repeats} repeats${cut}; mean ± 1.96 √(sampling variance${spread}), the former from ${source} summed within subjects`;
}

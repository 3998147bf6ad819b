import { AppError } from '../../../../shared/errors.ts';
import { auc as areaUnderRoc } from '../../../../shared/statistics/auc.ts';
import type { TableRecipe } from '../recipe.ts';
import { binRows } from '../trees/bin-table.ts';
import { Boosting } from '../trees/boosting/boosting.ts';
import { firstTrees, joinTrees } from '../trees/join-trees.ts';
import { packTrees, treeColumns } from '../trees/model-file.ts';
import type { TreeArrays } from '../trees/tree-store.ts';
import { meanLoss } from './mean-loss.ts';
import { addScores, boostedModel, loadBoosted, startingScores } from './model.ts';
import { type Progress, restoreProgress, saveProgress } from './progress.ts';
import { boostingOptions, rowWeigher } from './setup.ts';

/** Rounds between the states that are offered to be kept: a state holds all trees, and a round takes little time. */
const OFFERED_EVERY = 10;

export const gradientBoosting: TableRecipe = {
  input: 'table',
  columns: 'raw',
  needsValidation: ({ patience }) => Number(patience) > 0,
  async fit(input) {
    const { train, classes, params, report, checkpoint, columns } = input;
    const rounds = Number(params.trees);
    const patience = Number(params.patience);
    const stopping = patience > 0 ? input.validation : null;
    if (patience > 0 && stopping === null) {
      throw new AppError('SPLIT_INVALID', 'gradient-boosting needs a validation part to stop on; patience 0 does not.');
    }
    const options = boostingOptions(input.task, classes.length, params);
    const { loss, outputs, focalGamma } = options;
    const weigh = rowWeigher(train.y, classes.length, params);
    const boosting = new Boosting({
      x: train.x,
      rows: train.rows,
      columns: treeColumns(columns),
      y: train.y,
      weights: weigh(train.y),
      options,
      threads: input.cores,
      seed: input.seed,
    });
    try {
      const { table, baseline } = boosting;
      const held = stopping && {
        y: stopping.y,
        bins: binRows(table, stopping.x, stopping.rows),
        scores: startingScores(baseline, stopping.rows),
        weights: weigh(stopping.y),
      };
      let trees: TreeArrays[] = [];
      let at: Progress = { round: 0, best: { round: 0, loss: Number.POSITIVE_INFINITY } };
      const ended = (): boolean => at.round === rounds || (held !== null && at.round - at.best.round >= patience);
      const add = (grown: TreeArrays): void => {
        trees.push(grown);
        if (held) addScores(grown, held.bins, train.columns, outputs, held.scores);
      };
      const grow = (): void => {
        add(joinTrees(boosting.grow(), 1));
        at.round++;
      };
      if (checkpoint.saved !== null) {
        const { trees: earlier, ...saved } = restoreProgress(checkpoint.saved);
        at = saved;
        addScores(earlier, binRows(table, train.x, train.rows), train.columns, outputs, boosting.scores);
        add(earlier);
        boosting.prepare();
        if (!ended()) grow();
      }
      for (;;) {
        const { round } = at;
        report.point('train/loss', round, boosting.prepare());
        if (held) {
          const heldLoss = meanLoss(loss, held.scores, held.y, held.weights, focalGamma);
          report.point('validation/loss', round, heldLoss);
          const auc = loss === 'logistic' ? areaUnderRoc(held.y, held.scores) : null;
          if (auc !== null) report.point('validation/auc', round, auc);
          if (heldLoss < at.best.loss) at.best = { round, loss: heldLoss };
        }
        // Early stopping can end it sooner; the shorter of the two ways to the end is shown.
        const waited = held === null ? 0 : Math.min(0.9, (round - at.best.round) / patience) * 0.5;
        report.progress(Math.max(round / rounds, waited));
        if (round % OFFERED_EVERY === 0) {
          await checkpoint.offer(round, () => {
            trees = [joinTrees(trees, 1)];
            return saveProgress(at, table, trees[0]!);
          });
        }
        await report.breathe();
        if (ended()) break;
        grow();
      }
      const kept = held === null ? at.round : at.best.round;
      report.log(
        held === null
          ? `Grew all ${rounds} rounds of trees.`
          : `${at.round === rounds ? `Grew all ${rounds} rounds of trees` : `Stopped at round ${at.round}`}; the best validation loss, ${at.best.loss.toFixed(4)}, is that of round ${kept}, up to which trees are kept.`,
      );
      const keptTrees = firstTrees(joinTrees(trees, 1), kept * outputs);
      const { layout, bytes } = packTrees(table, keptTrees);
      const document = {
        kind: 'gradient-boosting',
        loss,
        classes,
        columns: columns.map(({ name }) => name),
        baseline: Array.from(baseline),
        rounds: kept,
        trees: layout,
      };
      return boostedModel({ document, weights: bytes }, loss, baseline, table, keptTrees);
    } finally {
      boosting.close();
    }
  },
  load: async (stored) => loadBoosted(stored),
};

import type { FitState, TableRecipe } from '../recipe.ts';
import { classWeights } from '../trees/class-weights.ts';
import { widthOf } from '../trees/forest/arena.ts';
import { growForest, prepareForest, seedsOf } from '../trees/forest/forest.ts';
import { TreeGrower } from '../trees/forest/grow-tree.ts';
import { joinTrees } from '../trees/join-trees.ts';
import { packTrees, treeColumns, unpackTrees } from '../trees/model-file.ts';
import type { TreeArrays } from '../trees/tree-store.ts';
import { forestModel, loadForest } from './model.ts';
import { OutOfBag } from './out-of-bag.ts';
import { forestOptions } from './setup.ts';

/** Trees between the states that are offered to be kept, since a state holds all trees. */
const OFFERED_EVERY = 10;

export const randomForest: TableRecipe = {
  input: 'table',
  columns: 'raw',
  needsValidation: () => false,
  async fit(input) {
    const { train, task, classes, params, report, checkpoint, columns, seed } = input;
    const count = Number(params.trees);
    const options = forestOptions(task, classes.length, train.rows, train.columns, params);
    const { arena, table } = prepareForest({
      x: train.x,
      rows: train.rows,
      columns: treeColumns(columns),
      y: train.y,
      classWeights: classWeights(train.y, options.classes, params.imbalance === 'weights'),
      options,
      maxBins: Number(params.max_bins),
      threads: input.cores,
      seed,
    });
    const width = widthOf(options);
    const outOfBag = new OutOfBag(train.rows, width);
    let trees: TreeArrays[] = [];
    let first = 0;
    if (checkpoint.saved !== null) {
      const { document, arrays } = checkpoint.saved;
      const saved = unpackTrees({ document, weights: arrays[0] as Uint8Array }).trees;
      trees = [saved];
      first = saved.roots.length;
      const grower = new TreeGrower(arena);
      seedsOf(seed, first).forEach((own, tree) => {
        const { rows, predicted } = grower.outOfBag(own, saved, tree);
        outOfBag.add(rows, predicted);
      });
    }
    const state = (): FitState => {
      trees = [joinTrees(trees, width)];
      const { layout, bytes } = packTrees(table, trees[0]!);
      return { document: { trees: layout }, arrays: [bytes] };
    };
    await growForest(arena, { first, last: count, seed, threads: input.cores }, async (tree, grown) => {
      trees.push(grown.tree);
      outOfBag.add(grown.rows, grown.predicted);
      const done = tree + 1;
      outOfBag.tell(report, done, done === count, train.y, task === 'regression');
      report.progress(done / count);
      if (done % OFFERED_EVERY === 0) await checkpoint.offer(done, state);
      await report.breathe();
    });
    const all = joinTrees(trees, width);
    report.log(`Grew ${count} trees with ${(all.feature.length / count).toFixed(0)} nodes each on average.`);
    const { layout, bytes } = packTrees(table, all);
    const document = {
      kind: 'random-forest',
      classes,
      columns: columns.map(({ name }) => name),
      width,
      trees: layout,
    };
    return { ...forestModel({ document, weights: bytes }, width, table, all), outOfBag: outOfBag.mean() };
  },
  load: async (stored) => loadForest(stored),
};

import { parentPort, workerData } from 'node:worker_threads';
import { type BinArena, binItem } from './binning.ts';
import type { BoostingArena } from './boosting/arena.ts';
import { boostingKernel } from './boosting/kernel.ts';
import { serve } from './crew/control.ts';
import { type CrewData, lead } from './crew/lead.ts';
import type { ForestArena } from './forest/arena.ts';
import { TreeGrower } from './forest/grow-tree.ts';

// Entry of the threads that help the trainer with trees.
const data = workerData as
  | { kind: 'binning'; arena: BinArena; control: Int32Array }
  | { kind: 'boosting'; arena: BoostingArena; control: Int32Array }
  | { kind: 'forest'; arena: ForestArena }
  | { kind: 'lead'; helpers: number; of: CrewData };

if (data.kind === 'lead') lead(data.helpers, data.of);
else if (data.kind === 'binning') serve(data.control, (_, item) => binItem(data.arena, item));
else if (data.kind === 'boosting') serve(data.control, boostingKernel(data.arena));
else {
  const grower = new TreeGrower(data.arena);
  parentPort!.on('message', ({ tree, seed }: { tree: number; seed: number }) => {
    const grown = grower.grow(seed);
    const { feature, bin, flags, link } = grown.tree;
    parentPort!.postMessage(
      { number: tree, grown },
      [feature, bin, flags, link, grown.rows, grown.predicted].map(({ buffer }) => buffer as ArrayBuffer),
    );
  });
}

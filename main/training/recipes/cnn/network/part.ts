export type Role = 'filter' | 'scale' | 'shift' | 'weight' | 'bias' | 'mean' | 'variance';
/** Numbers of one layer inside a flat vector. */
export type Part = { name: string; block: number; role: Role; shape: number[]; offset: number; size: number };

/**
 * Where everything lies: `parameters` (trained by gradients) and `statistics` (running means and variances of batch
 * normalisation) are two flat vectors. Blocks count from 0, the stem, to the head, the last.
 */
export type Layout = {
  parameters: Part[];
  parameterCount: number;
  statistics: Part[];
  statisticCount: number;
  blocks: number;
};

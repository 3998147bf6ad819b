import type { Layout, Part } from '../network/part.ts';
import type { LayerNode } from './node.ts';

/** Where the weights of layers lie, in the layers' order; what is followed instead of learnt lies with the statistics. */
export function layoutOfLayers(nodes: LayerNode[]): Layout {
  const parameters: Part[] = [];
  const statistics: Part[] = [];
  for (const { name, block, weights } of nodes) {
    for (const { name: own, role, shape } of weights) {
      const to = role === 'mean' || role === 'variance' ? statistics : parameters;
      const last = to.at(-1);
      const size = shape.reduce((a, b) => a * b, 1);
      to.push({ name: `${name}/${own}`, block, role, shape, offset: last ? last.offset + last.size : 0, size });
    }
  }
  const total = (parts: Part[]): number => parts.reduce((sum, { size }) => sum + size, 0);
  return {
    parameters,
    parameterCount: total(parameters),
    statistics,
    statisticCount: total(statistics),
    blocks: nodes.at(-1)!.block + 1,
  };
}

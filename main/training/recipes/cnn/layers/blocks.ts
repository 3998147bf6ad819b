import type { LayerNode } from './node.ts';

/**
 * Numbers the blocks: a block is a layer of filters or a dense layer with what follows it, up to the next; where the network
 * branches, all that lies between the branching and the merging is one. What lies before the first is block 0.
 */
export function withBlocks(nodes: LayerNode[]): LayerNode[] {
  const lastUse = new Map<string, number>();
  nodes.forEach(({ inputs }, i) => {
    for (const input of inputs) lastUse.set(input, i);
  });
  let block = 0;
  let from = 0;
  /** The last place at which an output of these layers is still needed. */
  let open = 0;
  const numbered: LayerNode[] = [];
  nodes.forEach((node, i) => {
    // Only this node's output goes further: a cut.
    const others = nodes.slice(from, i).map(({ name }) => lastUse.get(name) ?? 0);
    open = Math.max(open, ...others, ...node.inputs.map((input) => lastUse.get(input)!));
    if (open > i) return;
    const stretch = nodes.slice(from, i + 1);
    if (stretch.some(({ weights }) => weights.some(({ role }) => role === 'filter' || role === 'weight'))) block++;
    for (const one of stretch) numbered.push({ ...one, block });
    from = i + 1;
  });
  return numbered;
}

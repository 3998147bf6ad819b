/** How much of the network learns, counted from its head. */
export const depths = ['head', 'last-block', 'last-two-blocks', 'all'] as const;
export type Depth = (typeof depths)[number];

/** First block that learns, in a network with this many blocks between its first, 0, and its head. */
export function firstTrainedOf(depth: Depth, blocks: number): number {
  if (depth === 'all') return 0;
  if (depth === 'head') return blocks + 1;
  return Math.max(1, depth === 'last-block' ? blocks : blocks - 1);
}

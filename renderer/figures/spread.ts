/**
 * Moves labels apart so that neighbours are at least `gap` apart, each as little as possible, and all within [low, high].
 * `wanted` are positions in pixels; the result has the same order.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]!);
  // Labels that would touch move as one block, centred on their mean: pool adjacent violators.
  type Block = { members: number[]; sum: number };
  const blocks: Block[] = [];
  order.forEach((index, rank) => {
    blocks.push({ members: [index], sum: wanted[index]! - rank * gap });
    for (let last = blocks.length - 1; last > 0; last -= 1) {
      const [before, after] = [blocks[last - 1]!, blocks[last]!];
      if (before.sum / before.members.length <= after.sum / after.members.length) break;
      blocks.splice(last - 1, 2, { members: [...before.members, ...after.members], sum: before.sum + after.sum });
    }
  });
  const placed: number[] = new Array(wanted.length);
  const room = high - gap * (wanted.length - 1);
  let rank = 0;
  for (const { members, sum } of blocks) {
    const start = Math.max(low, Math.min(room, sum / members.length));
    for (const index of members) placed[index] = start + rank++ * gap;
  }
  return placed;
}

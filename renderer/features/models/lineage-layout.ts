import type { Lineage } from '../../../shared/model/registry.ts';

export type Placed = { columns: number; rows: number; at: Map<string, { column: number; row: number }> };

/**
 * Where each node of a lineage stands: a column further than all that lead to it, and what nothing leads to just before what it
 * leads to. Nodes of one column stand below one another in their order.
 */
export function placeLineage({ nodes, edges }: Lineage): Placed {
  const column = new Map(nodes.map(({ id }) => [id, 0]));
  // As many rounds as the longest way has nodes; a lineage has no circles.
  for (let round = 0; round < nodes.length; round++) {
    for (const { from, to } of edges) column.set(to, Math.max(column.get(to)!, column.get(from)! + 1));
  }
  for (const { id } of nodes) {
    if (edges.some(({ to }) => to === id)) continue;
    const next = edges.filter(({ from }) => from === id).map(({ to }) => column.get(to)!);
    if (next.length > 0) column.set(id, Math.min(...next) - 1);
  }
  const filled: number[] = [];
  const at = new Map<string, { column: number; row: number }>();
  for (const { id } of nodes) {
    const own = column.get(id)!;
    const row = filled[own] ?? 0;
    filled[own] = row + 1;
    at.set(id, { column: own, row });
  }
  return { columns: filled.length, rows: Math.max(0, ...filled.map((rows) => rows ?? 0)), at };
}

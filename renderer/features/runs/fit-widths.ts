/** A column before the room is shared out: the width a person gave it, and the width that its numbers need. */
export type Wished = { id: string; width: number; least: number };

/** Who takes the room that is left, in this order and up to this width. */
const growing = [
  { id: 'name', most: 250 },
  { id: 'status', most: 200 },
  { id: 'name', most: 400 },
];
/** Words give way to numbers, in this order and down to this width: a name may end in an ellipsis, a number never. */
const yielding = [
  { id: 'dataset', least: 84 },
  { id: 'engine', least: 64 },
  { id: 'status', least: 116 },
  { id: 'name', least: 116 },
];

/**
 * Widths in pixels, in the columns' order. What numbers need beyond the widths a person gave is taken from words when there
 * is no room for it, and what text of another size needs (`scale`, in which the widths are); widths that a person gave are otherwise
 * kept, and the table scrolls.
 */
export function fitWidths(columns: readonly Wished[], room: number, scale = 1): number[] {
  const widths = columns.map(({ width, least }) => Math.max(width, least));
  const total = widths.reduce((sum, width) => sum + width, 0);
  const claimed = total - columns.reduce((sum, { width }) => sum + width / scale, 0);
  const change = (id: string, by: (width: number) => number): number => {
    const at = columns.findIndex((column) => column.id === id);
    if (at < 0) return 0;
    const moved = by(widths[at]!);
    widths[at]! += moved;
    return moved;
  };
  let left = Math.max(0, room - total);
  for (const { id, most } of growing) left -= change(id, (width) => Math.max(0, Math.min(left, most - width)));
  let short = Math.min(claimed, Math.max(0, total - room));
  for (const { id, least } of yielding) short += change(id, (width) => -Math.max(0, Math.min(short, width - least)));
  return widths;
}

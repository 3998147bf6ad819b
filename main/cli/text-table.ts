const widest = 40;

/** Rows under their heads for a terminal; columns of numbers stand right. Long cells are cut. */
export function textTable(heads: string[], rows: string[][]): string {
  const cells = [heads, ...rows].map((row) => row.map(shortened));
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const right = heads.map((_, column) => rows.length > 0 && rows.every((row) => /^[-–\d.,eE+]*$/.test(row[column]!)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => (right[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd();
  return cells.map(line).join('\n');
}

function shortened(cell: string): string {
  const oneLine = cell.replaceAll(/\s+/g, ' ');
  return oneLine.length > widest ? `${oneLine.slice(0, widest - 1)}…` : oneLine;
}

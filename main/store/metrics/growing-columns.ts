/** Points of one series as columns with room to grow, of which the first `count` are filled. */
export type GrowingColumns = { count: number; steps: Float64Array; values: Float64Array; times: Float64Array };

const firstRoom = 64;

export const newColumns = (): GrowingColumns => ({ count: 0, ...columnsOf(firstRoom) });

/** Adds a point at the end; `time` in ms. */
export function addPoint(columns: GrowingColumns, step: number, value: number, time: number): void {
  const at = columns.count;
  if (at === columns.steps.length) grow(columns);
  columns.steps[at] = step;
  columns.values[at] = value;
  columns.times[at] = time;
  columns.count = at + 1;
}

function grow(columns: GrowingColumns): void {
  const larger = columnsOf(columns.steps.length * 4);
  larger.steps.set(columns.steps);
  larger.values.set(columns.values);
  larger.times.set(columns.times);
  Object.assign(columns, larger);
}

const columnsOf = (length: number) => ({
  steps: new Float64Array(length),
  values: new Float64Array(length),
  times: new Float64Array(length),
});

import type { ImportedSeries } from '../store/imports/imported-run.ts';

type Columns = { count: number; steps: Float64Array; values: Float64Array; times: Float64Array };

const firstRoom = 64;

/** Points of one series as they are read, in columns with room to grow. */
export class PointList {
  #columns: Columns = { count: 0, ...columnsOf(firstRoom) };

  get count(): number {
    return this.#columns.count;
  }

  /** `time` in ms. */
  add(step: number, value: number, time: number): void {
    const columns = this.#columns;
    const at = columns.count;
    if (at === columns.steps.length) grow(columns);
    columns.steps[at] = step;
    columns.values[at] = value;
    columns.times[at] = time;
    columns.count = at + 1;
  }

  /** Drops the points of this step and later ones; true when there were some. */
  dropFrom(step: number): boolean {
    const { count, steps, values, times } = this.#columns;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      if (steps[i]! >= step) continue;
      steps[kept] = steps[i]!;
      values[kept] = values[i]!;
      times[kept] = times[i]!;
      kept += 1;
    }
    this.#columns.count = kept;
    return kept < count;
  }

  /** The points from place `from` on. */
  points(from = 0): ImportedSeries {
    const { count, steps, values, times } = this.#columns;
    return {
      steps: steps.slice(from, count),
      values: values.slice(from, count),
      times: times.slice(from, count),
    };
  }
}

/** Several series by their names. */
export class SeriesBuilder {
  readonly lists = new Map<string, PointList>();

  add(key: string, step: number, value: number, time: number): void {
    this.list(key).add(step, value, time);
  }

  list(key: string): PointList {
    let list = this.lists.get(key);
    if (list === undefined) {
      list = new PointList();
      this.lists.set(key, list);
    }
    return list;
  }

  finish(): Map<string, ImportedSeries> {
    return new Map([...this.lists].filter(([, list]) => list.count > 0).map(([key, list]) => [key, list.points()]));
  }
}

function grow(columns: Columns): void {
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

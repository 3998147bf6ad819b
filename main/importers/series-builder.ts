import type { ImportedSeries } from '../store/imports/imported-run.ts';
import { addPoint, newColumns } from '../store/metrics/growing-columns.ts';

/** Points of one series as they are read, in columns with room to grow. */
export class PointList {
  readonly #columns = newColumns();

  get count(): number {
    return this.#columns.count;
  }

  /** `time` in ms. */
  add(step: number, value: number, time: number): void {
    addPoint(this.#columns, step, value, time);
  }

  /** Drops the points of this step and later ones. */
  dropFrom(step: number): void {
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

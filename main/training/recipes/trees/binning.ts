import { createRandom } from '../../../../shared/statistics/random.ts';
import type { BinTable } from './bin-table.ts';
import { type Bounds, binOfLevel, binOfNumber, fitBounds, MISSING_BIN, type TreeColumn } from './bins.ts';
import type { Crew } from './crew/crew.ts';
import { sharedFloat64, sharedInt32, sharedUint8 } from './shared-memory.ts';

/** Bounds are fitted to at most this many rows, drawn from the seed. */
const MOST_SAMPLED = 200_000;
/** Columns of one item: those whose bins share a word in the packed layout. */
const LANES = 4;

/** Where the bin of a cell is written: `columns` is columns × rows; `packed` has four columns beside one another per row. */
export type BinLayout = 'columns' | 'packed';

/** Shared memory of binning. `staged` holds some columns of the raw table, columns × rows, and is filled again and again. */
export type BinArena = {
  rows: number;
  layout: BinLayout;
  maxBins: number;
  /** Levels of each column; 0 for numbers. */
  levels: Int32Array;
  staged: Float64Array;
  /** First staged column and how many there are. */
  stage: Int32Array;
  /** Rows, ascending, that bounds are fitted to. */
  sample: Int32Array;
  /** 254 per column, and how many count. */
  bounds: Float64Array;
  boundCounts: Int32Array;
  /** 1 where a column has missing cells. */
  hasMissing: Uint8Array;
  bins: Uint8Array;
};

export function createBinArena(
  columns: TreeColumn[],
  rows: number,
  options: { maxBins: number; layout: BinLayout; threads: number; seed: number },
): BinArena {
  const { maxBins, layout, threads, seed } = options;
  const width = columns.length;
  const blocks = Math.ceil(width / LANES);
  const staged = Math.min(blocks, threads) * LANES;
  return {
    rows,
    layout,
    maxBins,
    levels: sharedInt32(width).map((_, j) => levelsOf(columns[j]!)),
    staged: sharedFloat64(staged * rows),
    stage: sharedInt32(2),
    sample: drawSample(rows, seed),
    bounds: sharedFloat64(width * MISSING_BIN),
    boundCounts: sharedInt32(width),
    hasMissing: sharedUint8(width),
    bins: sharedUint8(rows * (layout === 'packed' ? blocks * LANES : width)),
  };
}

const levelsOf = (column: TreeColumn): number => (column.kind === 'levels' ? column.levels : 0);

function drawSample(rows: number, seed: number): Int32Array {
  const all = sharedInt32(rows).map((_, i) => i);
  if (rows <= MOST_SAMPLED) return all;
  const random = createRandom(seed);
  for (let i = 0; i < MOST_SAMPLED; i++) {
    const j = i + random.below(rows - i);
    const other = all[j]!;
    all[j] = all[i]!;
    all[i] = other;
  }
  const sample = sharedInt32(MOST_SAMPLED);
  sample.set(all.subarray(0, MOST_SAMPLED).sort());
  return sample;
}

/** Fits bounds and bins every cell of `x` (row-major, NaN where missing), some columns at a time. */
export function binAll(arena: BinArena, x: Float64Array, crew: Crew, phase: number, columns: TreeColumn[]): BinTable {
  const { rows, staged, stage, levels } = arena;
  const width = levels.length;
  const group = Math.floor(staged.length / Math.max(1, rows));
  for (let from = 0; from < width; from += group) {
    const count = Math.min(group, width - from);
    stage[0] = from;
    stage[1] = count;
    for (let i = 0; i < rows; i++) {
      const at = i * width + from;
      for (let c = 0; c < count; c++) staged[c * rows + i] = x[at + c]!;
    }
    crew.run(phase, Math.ceil(count / LANES));
  }
  const bounds: Bounds[] = columns.map((_, j) =>
    Float64Array.from(arena.bounds.subarray(j * MISSING_BIN, j * MISSING_BIN + arena.boundCounts[j]!)),
  );
  return { columns, bounds };
}

/** One item of binning: up to four staged columns. */
export function binItem(arena: BinArena, item: number): void {
  const { stage, rows } = arena;
  const from = stage[0]!;
  for (let c = item * LANES; c < Math.min(stage[1]!, (item + 1) * LANES); c++) {
    binColumn(arena, from + c, arena.staged.subarray(c * rows, (c + 1) * rows));
  }
}

function binColumn(arena: BinArena, column: number, values: Float64Array): void {
  const { rows, bins, bounds, sample } = arena;
  const levels = arena.levels[column]! > 0;
  const packed = arena.layout === 'packed';
  const stride = packed ? LANES : 1;
  let at = packed ? Math.floor(column / LANES) * rows * LANES + (column % LANES) : column * rows;
  const start = column * MISSING_BIN;
  let count = 0;
  if (!levels) {
    const own = fitBounds(sample.length === rows ? values.slice() : takeFrom(values, sample), arena.maxBins);
    bounds.set(own, start);
    count = own.length;
  }
  arena.boundCounts[column] = count;
  let missing = 0;
  for (let i = 0; i < rows; i++) {
    const bin = levels ? binOfLevel(values[i]!) : binOfNumber(bounds, start, count, values[i]!);
    if (bin === MISSING_BIN) missing = 1;
    bins[at] = bin;
    at += stride;
  }
  arena.hasMissing[column] = missing;
}

function takeFrom(values: Float64Array, rows: Int32Array): Float64Array {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < out.length; i++) out[i] = values[rows[i]!]!;
  return out;
}

/** Images that are predicted together; few, since the images of one pass all lie in memory. */
const MOST = 64;

/** Positions 0 to `rows` in runs. */
export function* chunksOf(rows: number): Generator<Int32Array> {
  for (let from = 0; from < rows; from += MOST) {
    yield Int32Array.from({ length: Math.min(MOST, rows - from) }, (_, i) => from + i);
  }
}

import { inflateSync } from 'node:zlib';
import type { TiffIfd } from 'tiff';
import { ImageProblem } from './decoded.ts';
import { unpackBits, unpackLzw } from './tiff-unpack.ts';

export type TiffShape = {
  width: number;
  height: number;
  bits: number;
  samples: number;
  /** Each sample in a plane of its own. */
  planar: boolean;
  little: boolean;
};

/**
 * The samples of a TIFF page from its strips or tiles, one value each, pixel by pixel. The `tiff` package reads the tags; its own
 * reader of tiles keeps one sample per pixel only, and knows no PackBits.
 */
export function readChunks(bytes: Uint8Array, tags: TiffIfd, shape: TiffShape): Uint8Array | Uint16Array {
  const { width, height, bits, samples, planar } = shape;
  const tiled = tags.get('TileOffsets') !== undefined;
  const list = (name: string): number[] => {
    const value = tags.get(name) as number | number[] | undefined;
    return value === undefined ? [] : typeof value === 'number' ? [value] : [...value];
  };
  const chunkWidth = tiled ? Number(tags.get('TileWidth')) : width;
  const chunkHeight = tiled ? Number(tags.get('TileLength')) : Math.min(height, tags.rowsPerStrip);
  if (!(chunkWidth >= 1) || !(chunkHeight >= 1) || chunkWidth * chunkHeight > 4e8)
    throw new ImageProblem('IMAGE_DAMAGED', 'is damaged: its strips or tiles have no size');
  const offsets = list(tiled ? 'TileOffsets' : 'StripOffsets');
  const counts = list(tiled ? 'TileByteCounts' : 'StripByteCounts');
  const across = Math.ceil(width / chunkWidth);
  const down = Math.ceil(height / chunkHeight);
  const perChunk = planar ? 1 : samples;
  const planes = planar ? samples : 1;
  if (offsets.length < across * down * planes)
    throw new ImageProblem('IMAGE_DAMAGED', 'is damaged: strips or tiles are missing');
  const out = bits === 16 ? new Uint16Array(width * height * samples) : new Uint8Array(width * height * samples);
  for (let chunk = 0; chunk < across * down * planes; chunk++) {
    const plane = Math.floor(chunk / (across * down));
    const x = (chunk % across) * chunkWidth;
    const y = Math.floor((chunk % (across * down)) / across) * chunkHeight;
    const rows = tiled ? chunkHeight : Math.min(chunkHeight, height - y);
    const rowBytes = Math.ceil((chunkWidth * perChunk * bits) / 8);
    const from = offsets[chunk]!;
    // A single strip may leave its length out.
    const length = counts[chunk] ?? bytes.length - from;
    if (from + length > bytes.length)
      throw new ImageProblem('IMAGE_TRUNCATED', 'is cut off: some of its pixels are missing');
    const data = unpack(bytes.subarray(from, from + length), tags.compression, rowBytes * rows);
    if (data.length < rowBytes * rows)
      throw new ImageProblem('IMAGE_DAMAGED', 'is damaged: some of its pixels are missing');
    const values = readValues(data, chunkWidth * perChunk, rows, rowBytes, shape);
    if (tags.predictor === 2) undoDifferences(values, chunkWidth, rows, perChunk, bits);
    else if (tags.predictor !== 1)
      throw new ImageProblem('IMAGE_UNSUPPORTED', `uses predictor ${tags.predictor}, which is not read here`);
    const wide = Math.min(chunkWidth, width - x);
    for (let row = 0; row < Math.min(rows, height - y); row++)
      for (let column = 0; column < wide; column++)
        for (let sample = 0; sample < perChunk; sample++)
          out[((y + row) * width + x + column) * samples + plane + sample] =
            values[(row * chunkWidth + column) * perChunk + sample]!;
  }
  return out;
}

function unpack(data: Uint8Array, compression: number, expected: number): Uint8Array {
  if (compression === 1) return data;
  if (compression === 32773) return unpackBits(data, expected);
  if (compression === 5) return unpackLzw(data, expected);
  try {
    return inflateSync(data, { maxOutputLength: expected + 65_536 });
  } catch {
    throw new ImageProblem('IMAGE_DAMAGED', 'is damaged: its compressed data cannot be read');
  }
}

function readValues(
  data: Uint8Array,
  perRow: number,
  rows: number,
  rowBytes: number,
  { bits, little }: TiffShape,
): Uint8Array | Uint16Array {
  if (bits === 8) return data.slice(0, perRow * rows);
  if (bits === 16) {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const values = new Uint16Array(perRow * rows);
    for (let at = 0; at < values.length; at++) values[at] = view.getUint16(at * 2, little);
    return values;
  }
  const values = new Uint8Array(perRow * rows);
  const mask = 2 ** bits - 1;
  for (let row = 0; row < rows; row++)
    for (let at = 0; at < perRow; at++) {
      const bit = at * bits;
      values[row * perRow + at] = (data[row * rowBytes + (bit >> 3)]! >> (8 - bits - (bit & 7))) & mask;
    }
  return values;
}

/** Horizontal differencing: each value is the sum of those before it in its row. */
function undoDifferences(
  values: Uint8Array | Uint16Array,
  width: number,
  rows: number,
  samples: number,
  bits: number,
): void {
  const mask = 2 ** bits - 1;
  for (let row = 0; row < rows; row++)
    for (let at = samples; at < width * samples; at++) {
      const here = row * width * samples + at;
      values[here] = (values[here]! + values[here - samples]!) & mask;
    }
}

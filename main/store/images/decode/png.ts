import { type DecodedPng, decode } from 'fast-png';
import { checkSize, type Decoded, ImageProblem } from './decoded.ts';
import { decodeInterlaced } from './png-interlaced.ts';

/** A PNG of 1 to 16 bits; palettes are resolved, what is transparent becomes black. */
export function decodePng(bytes: Uint8Array): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33) throw new ImageProblem('IMAGE_TRUNCATED', 'is cut off in its head');
  checkSize(view.getUint32(16), view.getUint32(20));
  if (!hasEnd(view))
    throw new ImageProblem('IMAGE_TRUNCATED', 'is cut off: the end that every PNG file has is missing');
  const [depth, colourType, interlace] = [bytes[24]!, bytes[25], bytes[28]];
  if (interlace === 1 && depth < 8) return decodeInterlaced(bytes, depth, colourType === 3);
  return toDecoded(read(bytes));
}

/** Whether the chunks lead to an IEND inside the file. */
function hasEnd(view: DataView): boolean {
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at))
    if (view.getUint32(at + 4) === 0x49454e44) return true;
  return false;
}

function read(bytes: Uint8Array): DecodedPng {
  try {
    return decode(bytes, { checkCrc: true });
  } catch (cause) {
    const why = /CRC/.test(String(cause))
      ? 'a checksum of the file does not match its contents'
      : 'its data cannot be read';
    throw new ImageProblem('IMAGE_DAMAGED', `is damaged: ${why}`);
  }
}

function toDecoded(png: DecodedPng): Decoded {
  const { width, height, depth } = png;
  const values = unpacked(png);
  const facts = { format: 'png', width, height, bits: depth, dicom: null } as const;
  if (png.palette !== undefined)
    return { ...facts, bits: 8, channels: 3, stored: 'palette', samples: fromPalette(values, png.palette) };
  const wide = depth === 16;
  const from = png.channels;
  const colour = from >= 3;
  const alpha = from === 2 || from === 4;
  const clear = png.transparency;
  const channels = colour ? 3 : 1;
  const top = 2 ** depth - 1;
  const pixels = width * height;
  if (!alpha && clear === undefined) {
    return {
      ...facts,
      channels,
      stored: 'plain',
      samples: depth < 8 ? spread(values, 255 / top) : values,
      bits: depth,
    };
  }
  const samples = wide ? new Uint16Array(pixels * channels) : new Uint8Array(pixels * channels);
  const scale = depth < 8 ? 255 / top : 1;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const at = pixel * from;
    let shown = alpha ? values[at + from - 1]! / top : 1;
    if (clear !== undefined) {
      let same = true;
      for (let c = 0; c < channels; c++) if (values[at + c] !== clear[c]) same = false;
      if (same) shown = 0;
    }
    for (let c = 0; c < channels; c++) samples[pixel * channels + c] = Math.round(values[at + c]! * scale * shown);
  }
  return { ...facts, channels, stored: 'alpha', samples };
}

/** One value per sample: fast-png leaves those of fewer than 8 bits packed, each row on a byte of its own. */
function unpacked({ data, width, height, depth, channels }: DecodedPng): Uint8Array | Uint16Array {
  if (data instanceof Uint16Array) return data;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (depth >= 8) return bytes;
  const perRow = width * channels;
  const rowBytes = Math.ceil((perRow * depth) / 8);
  if (bytes.length < rowBytes * height) throw new ImageProblem('IMAGE_DAMAGED', 'is damaged: rows are missing');
  const mask = 2 ** depth - 1;
  const values = new Uint8Array(perRow * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < perRow; x++) {
      const bit = x * depth;
      values[y * perRow + x] = (bytes[y * rowBytes + (bit >> 3)]! >> (8 - depth - (bit & 7))) & mask;
    }
  return values;
}

function spread(values: Uint8Array | Uint16Array, factor: number): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round(value * factor));
}

function fromPalette(values: Uint8Array | Uint16Array, palette: number[][]): Uint8Array {
  const samples = new Uint8Array(values.length * 3);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const colour = palette[values[pixel]!];
    if (colour === undefined)
      throw new ImageProblem('IMAGE_DAMAGED', 'is damaged: it uses a colour that its palette lacks');
    const shown = (colour[3] ?? 255) / 255;
    for (let c = 0; c < 3; c++) samples[pixel * 3 + c] = Math.round(colour[c]! * shown);
  }
  return samples;
}

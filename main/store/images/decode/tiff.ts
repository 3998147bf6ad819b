import { decode, isMultiPage, type TiffIfd } from 'tiff';
import { fromCmyk } from './cmyk.ts';
import { checkSize, type Decoded, ImageProblem } from './decoded.ts';
import { orient } from './orient.ts';
import { readChunks, type TiffShape } from './tiff-chunks.ts';

/** A TIFF file of 1 to 16 bits: grey, palette, RGB or CMYK, in strips or tiles, plain or packed by PackBits, LZW or Deflate. */
export function decodeTiff(bytes: Uint8Array): Decoded {
  const tags = readTags(bytes);
  const shape = shapeOf(tags, bytes[0] === 0x49);
  const values = readChunks(bytes, tags, shape);
  const image = toDecoded(values, tags, shape);
  return orient(image, Number(tags.orientation ?? 1));
}

function readTags(bytes: Uint8Array): TiffIfd {
  try {
    const [first] = decode(bytes, { ignoreImageData: true, pages: [0] });
    if (first === undefined) throw new Error('no page');
    if (isMultiPage(bytes)) {
      const [, second] = decode(bytes, { ignoreImageData: true, pages: [0, 1] });
      // A smaller copy of the same picture does not count.
      if (((second?.newSubfileType ?? 0) & 1) === 0)
        throw new ImageProblem('MULTI_FRAME', 'holds several pages; save each as a file of its own');
    }
    return first;
  } catch (cause) {
    if (cause instanceof ImageProblem) throw cause;
    throw new ImageProblem('IMAGE_DAMAGED', 'is damaged or cut off: its directory cannot be read');
  }
}

const readable = new Set([1, 2, 4, 8, 16]);

function shapeOf(tags: TiffIfd, little: boolean): TiffShape {
  const { width, height, samplesPerPixel, compression, type } = tags;
  checkSize(width, height);
  const bits = tags.bitsPerSample ?? 1;
  if (tags.sampleFormat !== 1 || !readable.has(bits)) {
    const what = tags.sampleFormat === 3 ? 'floating-point' : 'such';
    throw new ImageProblem(
      'IMAGE_UNSUPPORTED',
      `holds ${bits}-bit ${what} numbers; whole numbers of up to 16 bits are read`,
    );
  }
  if (![0, 1, 2, 3, 5].includes(type))
    throw new ImageProblem(
      'IMAGE_UNSUPPORTED',
      `states its colours in a way that is not read here (photometric ${type})`,
    );
  if (![1, 5, 8, 32946, 32773].includes(compression))
    throw new ImageProblem(
      'IMAGE_UNSUPPORTED',
      `is compressed in a way that is not read here (TIFF compression ${compression})`,
    );
  const least = type === 2 ? 3 : type === 5 ? 4 : 1;
  if (samplesPerPixel < least || samplesPerPixel > 8)
    throw new ImageProblem('IMAGE_DAMAGED', `is damaged: ${samplesPerPixel} samples per pixel do not fit its colours`);
  return { width, height, bits, samples: samplesPerPixel, planar: tags.planarConfiguration === 2, little };
}

function toDecoded(
  values: Uint8Array | Uint16Array,
  tags: TiffIfd,
  { width, height, bits, samples }: TiffShape,
): Decoded {
  const facts = { format: 'tiff', width, height, bits, dicom: null } as const;
  const pixels = width * height;
  if (tags.type === 3)
    return { ...facts, bits: 8, channels: 3, stored: 'palette', samples: fromColourMap(values, tags, bits, samples) };
  const top = 2 ** bits - 1;
  if (tags.type === 5) {
    const inks = new Uint8Array(pixels * 4);
    for (let pixel = 0; pixel < pixels; pixel++)
      for (let c = 0; c < 4; c++) inks[pixel * 4 + c] = Math.round((values[pixel * samples + c]! / top) * 255);
    return { ...facts, channels: 3, stored: 'CMYK', bits: 8, samples: fromCmyk(inks, pixels, false) };
  }
  const channels = tags.type === 2 ? 3 : 1;
  const extra = tags.extraSamples?.[0] ?? 0;
  const alpha = samples > channels && (extra === 1 || extra === 2);
  const scale = bits < 8 ? 255 / top : 1;
  const out = bits === 16 ? new Uint16Array(pixels * channels) : new Uint8Array(pixels * channels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    // Alpha that is already in the colours (1) needs nothing: transparent is black there.
    const shown = alpha && extra === 2 ? values[pixel * samples + channels]! / top : 1;
    for (let c = 0; c < channels; c++) {
      const value = values[pixel * samples + c]!;
      out[pixel * channels + c] = Math.round((tags.type === 0 ? top - value : value) * scale * shown);
    }
  }
  return { ...facts, channels, stored: alpha ? 'alpha' : 'plain', samples: out };
}

function fromColourMap(values: Uint8Array | Uint16Array, tags: TiffIfd, bits: number, samples: number): Uint8Array {
  const map = tags.get('ColorMap') as number[] | undefined;
  const colours = 2 ** bits;
  if (map === undefined || bits > 8 || map.length !== 3 * colours)
    throw new ImageProblem('IMAGE_DAMAGED', 'is damaged: its palette is missing');
  const pixels = values.length / samples;
  const out = new Uint8Array(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel++)
    for (let c = 0; c < 3; c++) out[pixel * 3 + c] = map[c * colours + values[pixel * samples]!]! >> 8;
  return out;
}

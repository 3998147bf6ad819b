import { ImageProblem } from './decoded.ts';
import type { Attributes } from './dicom-attributes.ts';
import { type CodecName, decodeFrame, loadCodecs } from './native-codecs.ts';

/** One frame as it lies in memory: little- or big-endian, samples of a pixel together unless `planar`. */
export type RawFrame = {
  bytes: Uint8Array;
  width: number;
  height: number;
  samplesPerPixel: number;
  bitsAllocated: number;
  bitsStored: number;
  highBit: number;
  signed: boolean;
  planar: boolean;
  bigEndian: boolean;
  photometric: string;
};

const codecs: Record<string, CodecName> = {
  '1.2.840.10008.1.2.5': 'decodeRle',
  '1.2.840.10008.1.2.4.50': 'decodeJpeg',
  '1.2.840.10008.1.2.4.51': 'decodeJpeg',
  '1.2.840.10008.1.2.4.57': 'decodeJpeg',
  '1.2.840.10008.1.2.4.70': 'decodeJpeg',
  '1.2.840.10008.1.2.4.80': 'decodeJpegLs',
  '1.2.840.10008.1.2.4.81': 'decodeJpegLs',
  '1.2.840.10008.1.2.4.90': 'decodeJpeg2000',
  '1.2.840.10008.1.2.4.91': 'decodeJpeg2000',
  '1.2.840.10008.1.2.4.201': 'decodeHtJpeg2000',
  '1.2.840.10008.1.2.4.202': 'decodeHtJpeg2000',
  '1.2.840.10008.1.2.4.203': 'decodeHtJpeg2000',
};
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const native = new Set(['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', BIG_ENDIAN, '1.2.840.10008.1.2.1.99']);
const CUT = 'is cut off: some of its pixels are missing';

/** The pixel data of a DICOM file, decompressed. IMAGE_TRUNCATED when it ends before its last pixel. */
export async function pixelBytes(
  file: Uint8Array,
  attributes: Attributes,
  syntax: string,
  { width, height }: { width: number; height: number },
): Promise<RawFrame> {
  const frame = frameOf(attributes, syntax, width, height);
  if (native.has(syntax)) {
    const samples = frame.photometric === 'YBR_FULL_422' ? 2 : frame.samplesPerPixel;
    const length = width * height * samples * (frame.bitsAllocated / 8);
    const bytes = nativeBytes(file, attributes, syntax, length);
    if (bytes.length < length) throw new ImageProblem('IMAGE_TRUNCATED', CUT);
    return { ...frame, bytes };
  }
  const codec = codecs[syntax];
  if (codec === undefined)
    throw new ImageProblem(
      'IMAGE_UNSUPPORTED',
      `uses the transfer syntax ${printable(syntax)}, which is not read here`,
    );
  await loadCodecs();
  const encoded = fragments(file);
  const { photometric, planar, bitsAllocated, bytes } = decodeFrame(codec, encoded, frame);
  if (bytes.length < width * height * frame.samplesPerPixel * (bitsAllocated / 8))
    throw new ImageProblem('IMAGE_TRUNCATED', CUT);
  return { ...frame, bytes, photometric, planar, bitsAllocated };
}

function frameOf(attributes: Attributes, syntax: string, width: number, height: number): RawFrame {
  const bitsAllocated = attributes.number('00280100') ?? 0;
  const bitsStored = attributes.number('00280101') ?? bitsAllocated;
  const samplesPerPixel = attributes.number('00280002') ?? 1;
  if ((bitsAllocated !== 8 && bitsAllocated !== 16) || bitsStored < 1 || bitsStored > bitsAllocated)
    throw new ImageProblem('IMAGE_UNSUPPORTED', `has ${bitsAllocated} bits per sample; 8 and 16 are read`);
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3)
    throw new ImageProblem('IMAGE_UNSUPPORTED', `has ${samplesPerPixel} samples per pixel; 1 and 3 are read`);
  return {
    bytes: new Uint8Array(0),
    width,
    height,
    samplesPerPixel,
    bitsAllocated,
    bitsStored,
    highBit: attributes.number('00280102') ?? bitsStored - 1,
    signed: attributes.number('00280103') === 1,
    planar: attributes.number('00280006') === 1 && samplesPerPixel === 3,
    bigEndian: syntax === BIG_ENDIAN,
    photometric: (attributes.text('00280004') ?? (samplesPerPixel === 3 ? 'RGB' : 'MONOCHROME2')).toUpperCase(),
  };
}

/**
 * Uncompressed pixels, from the file itself: the parser fills up what is missing at the end with zeros, so its own copy would
 * hide that the file is cut off. Only a deflated file has no place to look.
 */
function nativeBytes(file: Uint8Array, attributes: Attributes, syntax: string, length: number): Uint8Array {
  const big = syntax === BIG_ENDIAN;
  const tag = big ? [0x7f, 0xe0, 0, 0x10] : [0xe0, 0x7f, 0x10, 0];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const explicit = syntax !== '1.2.840.10008.1.2';
  const head = explicit ? 12 : 8;
  for (let at = lastIndexOf(file, tag, file.length - head); at >= 0; at = lastIndexOf(file, tag, at - 1)) {
    if (explicit && !isPixelVr(file, at + 4)) continue;
    const stated = view.getUint32(at + head - 4, !big);
    if (stated >= length && stated <= length + 1) return file.subarray(at + head, at + head + length);
  }
  return attributes.bytes('7FE00010') ?? new Uint8Array(0);
}

const isPixelVr = (file: Uint8Array, at: number): boolean =>
  file[at] === 0x4f && (file[at + 1] === 0x42 || file[at + 1] === 0x57) && file[at + 2] === 0 && file[at + 3] === 0;

/** The fragments of the one compressed frame, joined. */
function fragments(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tag = [0xe0, 0x7f, 0x10, 0];
  for (let start = lastIndexOf(file, tag, file.length - 12); start >= 0; start = lastIndexOf(file, tag, start - 1)) {
    if (!isPixelVr(file, start + 4) || view.getUint32(start + 8, true) !== 0xffffffff) continue;
    const parts: Uint8Array[] = [];
    for (let at = start + 12; ; ) {
      if (at + 8 > file.length) throw new ImageProblem('IMAGE_TRUNCATED', CUT);
      const item = view.getUint32(at, true);
      const length = view.getUint32(at + 4, true);
      if (item === 0xe0ddfffe) break;
      if (item !== 0xe000fffe || at + 8 + length > file.length) throw new ImageProblem('IMAGE_TRUNCATED', CUT);
      parts.push(file.subarray(at + 8, at + 8 + length));
      at += 8 + length;
    }
    // The first item is the table of offsets.
    return Buffer.concat(parts.slice(1));
  }
  throw new ImageProblem('IMAGE_UNSUPPORTED', 'is a DICOM file without pixels');
}

function lastIndexOf(file: Uint8Array, tag: number[], from: number): number {
  if (from < 0) return -1;
  return Buffer.from(file.buffer, file.byteOffset, file.byteLength).lastIndexOf(Buffer.from(tag), from);
}

/** A UID holds digits and dots; anything else is not repeated. */
const printable = (uid: string): string => (/^[0-9.]{1,64}$/.test(uid) ? uid : 'of an unknown name');

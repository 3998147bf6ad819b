import { fromCmyk, fromYcck } from './cmyk.ts';
import { checkSize, type Decoded, ImageProblem } from './decoded.ts';
import { readJpegHead } from './jpeg-head.ts';
import { decodeFrame, loadCodecs } from './native-codecs.ts';
import { orient } from './orient.ts';

/** A JPEG file of 8 bits: grey, colour, or CMYK and YCCK (Adobe's inverted ones too), turned as its EXIF orientation says. */
export async function decodeJpeg(bytes: Uint8Array): Promise<Decoded> {
  const head = readJpegHead(bytes);
  const { width, height, components, precision } = head;
  checkSize(width, height);
  if (!head.ended) throw new ImageProblem('IMAGE_TRUNCATED', 'is cut off: the end that every JPEG file has is missing');
  if (precision !== 8)
    throw new ImageProblem('IMAGE_UNSUPPORTED', `has ${precision} bits per sample; of JPEG files those of 8 are read`);
  if (!head.huffman) throw new ImageProblem('IMAGE_UNSUPPORTED', 'uses a JPEG coding that is not read here');
  if (components !== 1 && components !== 3 && components !== 4)
    throw new ImageProblem('IMAGE_UNSUPPORTED', `has ${components} components`);
  await loadCodecs();
  const decoded = decodeFrame('decodeJpeg', bytes, {
    width,
    height,
    samplesPerPixel: components,
    bitsAllocated: 8,
    bitsStored: 8,
    signed: false,
    planar: false,
    photometric: components === 1 ? 'MONOCHROME2' : components === 3 ? 'YBR_FULL_422' : 'CMYK',
  });
  if (decoded.bytes.length < width * height * components)
    throw new ImageProblem('IMAGE_DAMAGED', 'is damaged: pixels are missing');
  if (head.adobe === 2 && components === 4) fromYcck(decoded.bytes);
  const samples = components === 4 ? fromCmyk(decoded.bytes, width * height, head.adobe !== null) : decoded.bytes;
  const image: Decoded = {
    format: 'jpeg',
    width,
    height,
    channels: components === 1 ? 1 : 3,
    bits: 8,
    samples: samples.subarray(0, width * height * (components === 1 ? 1 : 3)),
    stored: components === 4 ? 'CMYK' : 'plain',
    dicom: null,
  };
  return orient(image, head.orientation);
}

import type { ImageFormat } from '../../../../shared/model/dataset.ts';
import { type Decoded, ImageProblem } from './decoded.ts';
import { sniffFormat } from './sniff-format.ts';
import { isTrap } from './trap.ts';

/** Largest file that is read as an image, in bytes. */
export const LARGEST_FILE = 2 ** 29;

/**
 * Decodes the bytes of an image file by what they hold, whatever its name. Throws ImageProblem with the reason when it cannot be
 * read; anything else that a decoder trips over counts as damage.
 */
export async function decodeImage(bytes: Uint8Array): Promise<Decoded> {
  if (bytes.length === 0) throw new ImageProblem('FILE_EMPTY', 'is empty (0 bytes)');
  const format = sniffFormat(bytes.subarray(0, 132));
  if (format === null)
    throw new ImageProblem(
      'NOT_AN_IMAGE',
      `${looksLikeText(bytes) ? 'is a text file' : 'holds something else'}, not an image`,
    );
  const decode = await decoderOf(format);
  try {
    return await decode(bytes);
  } catch (cause) {
    if (cause instanceof ImageProblem || isTrap(cause)) throw cause;
    throw new ImageProblem('IMAGE_DAMAGED', 'is damaged: it cannot be decoded');
  }
}

/** Each decoder is loaded when its first file comes. */
async function decoderOf(
  format: ImageFormat | 'other-image',
): Promise<(bytes: Uint8Array) => Decoded | Promise<Decoded>> {
  switch (format) {
    case 'png':
      return (await import('./png.ts')).decodePng;
    case 'jpeg':
      return (await import('./jpeg.ts')).decodeJpeg;
    case 'tiff':
      return (await import('./tiff.ts')).decodeTiff;
    case 'dicom':
      return (await import('./dicom.ts')).decodeDicom;
    default:
      throw new ImageProblem(
        'IMAGE_UNSUPPORTED',
        'is of a format that is not read here; PNG, JPEG, TIFF and DICOM are',
      );
  }
}

function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 512).every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);
}

import type { ImageFormat } from '../../../../shared/model/dataset.ts';

/** What a file's first bytes say it is (132 are enough); null when they are no image format that is known here. */
export function sniffFormat(head: Uint8Array): ImageFormat | 'other-image' | null {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  // First of all: the 128 bytes before it may look like a TIFF file, so that both kinds of program read it.
  if (text(head, 128, 4) === 'DICM') return 'dicom';
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg';
  if (starts(0x49, 0x49, 0x2a, 0) || starts(0x4d, 0x4d, 0, 0x2a)) return 'tiff';
  const other =
    text(head, 0, 4) === 'GIF8' ||
    text(head, 0, 2) === 'BM' ||
    (text(head, 0, 4) === 'RIFF' && text(head, 8, 4) === 'WEBP') ||
    text(head, 4, 4) === 'ftyp' ||
    text(head, 4, 4) === 'jP  ' ||
    starts(0x49, 0x49, 0x2b, 0) ||
    starts(0x4d, 0x4d, 0, 0x2b);
  if (other) return 'other-image';
  // DICOM without its preamble: group 0008 (or 0002) first, in either byte order.
  const tagLow =
    starts(0x08, 0, 0x05, 0) || starts(0x08, 0, 0x08, 0) || starts(0x08, 0, 0x16, 0) || starts(0x02, 0, 0, 0);
  return tagLow && head.length > 64 ? 'dicom' : null;
}

const text = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

import { ImageProblem } from './decoded.ts';

/** What the markers of a JPEG file say before its pixels are touched. */
export type JpegHead = {
  width: number;
  height: number;
  components: number;
  precision: number;
  /** Adobe's marker: colour transform 0 none, 1 YCbCr, 2 YCCK; null without one. */
  adobe: number | null;
  /** EXIF orientation 1 to 8. */
  orientation: number;
  /** False when the end of the image is missing. */
  ended: boolean;
  /** Of a coding that libjpeg reads: sequential or progressive Huffman. */
  huffman: boolean;
};

/** Walks the segments of a JPEG file. IMAGE_TRUNCATED or IMAGE_DAMAGED when they lead to no image. */
export function readJpegHead(bytes: Uint8Array): JpegHead {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frame: Pick<JpegHead, 'width' | 'height' | 'components' | 'precision' | 'huffman'> | null = null;
  let adobe: number | null = null;
  let orientation = 1;
  let scan = false;
  for (let at = 2; ; ) {
    // Filling bytes 0xff may stand before a marker.
    while (at < bytes.length && (bytes[at] !== 0xff || bytes[at + 1] === 0xff)) {
      if (!scan && bytes[at] !== 0xff)
        throw new ImageProblem('IMAGE_DAMAGED', 'is damaged: its parts do not follow one another');
      at += 1;
    }
    if (at + 2 > bytes.length) return finish(frame, adobe, orientation, false);
    const marker = bytes[at + 1]!;
    at += 2;
    if (marker === 0xd9) return finish(frame, adobe, orientation, scan);
    // Within a scan: a stuffed zero and restart markers have no length.
    if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    if (at + 2 > bytes.length) return finish(frame, adobe, orientation, false);
    const length = view.getUint16(at);
    if (at + length > bytes.length || length < 2) return finish(frame, adobe, orientation, false);
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (length < 8) throw new ImageProblem('IMAGE_DAMAGED', 'is damaged: its frame has no size');
      frame = {
        precision: bytes[at + 2]!,
        height: view.getUint16(at + 3),
        width: view.getUint16(at + 5),
        components: bytes[at + 7]!,
        huffman: marker <= 0xc3,
      };
    } else if (marker === 0xee && length >= 14 && text(bytes, at + 2, 5) === 'Adobe') adobe = bytes[at + 13]!;
    else if (marker === 0xe1 && text(bytes, at + 2, 4) === 'Exif') {
      orientation = exifOrientation(bytes.subarray(at + 8, at + length)) ?? orientation;
    } else if (marker === 0xda) scan = true;
    at += length;
  }
}

function finish(
  frame: Pick<JpegHead, 'width' | 'height' | 'components' | 'precision' | 'huffman'> | null,
  adobe: number | null,
  orientation: number,
  ended: boolean,
): JpegHead {
  if (frame === null) throw new ImageProblem('IMAGE_TRUNCATED', 'is cut off before its first pixel');
  return { ...frame, adobe, orientation, ended };
}

/** Orientation from a TIFF structure as EXIF holds it; null when it says none. */
export function exifOrientation(tiff: Uint8Array): number | null {
  if (tiff.length < 14) return null;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = tiff[0] === 0x49;
  const first = view.getUint32(4, little);
  if (first + 2 > tiff.length) return null;
  const entries = view.getUint16(first, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = first + 2 + entry * 12;
    if (at + 12 > tiff.length) return null;
    if (view.getUint16(at, little) !== 0x112) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

const text = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

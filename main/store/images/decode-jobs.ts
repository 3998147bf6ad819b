import type { ImageFormat, SkipCode } from '../../../shared/model/dataset.ts';
import type { DicomFacts } from './decode/decoded.ts';

/** What a decoding thread is asked. */
export type DecodeJob =
  /** Reads and decodes a file that somebody wants to import. */
  | { kind: 'inspect'; path: string }
  /** Decodes stored images to squares of `size`, one after the other. `places`: offset and length of each in the file `pack`. */
  | { kind: 'squares'; pack: string; places: Float64Array; white: number; size: number; channels: 1 | 3 };

export type Inspected = {
  original: Uint8Array;
  sha256: Uint8Array;
  format: ImageFormat;
  width: number;
  height: number;
  channels: 1 | 3;
  bits: number;
  /** Largest sample of an image of more than 8 bits; 255 otherwise. */
  largest: number;
  stored: 'plain' | 'CMYK' | 'palette' | 'alpha';
  dicom: DicomFacts | null;
  copy: Uint8Array;
  hash: Uint8Array;
  thumbnail: { width: number; height: number; deflated: Uint8Array };
};

export type DecodeAnswer =
  | { kind: 'inspected'; image: Inspected }
  | { kind: 'squares'; samples: Uint8Array }
  | { kind: 'problem'; code: SkipCode; reason: string }
  /** The thread must not be used again. */
  | { kind: 'trapped' };

import type { ImageFormat, SkipCode } from '../../../../shared/model/dataset.ts';

/** One decoded image: `samples` holds height × width × channels values, row by row, grey (1) or red, green, blue (3). */
export type Decoded = {
  format: ImageFormat;
  width: number;
  height: number;
  channels: 1 | 3;
  /** Bits per sample that the file stores. `samples` of more than 8 bits are a Uint16Array, unless windowed. */
  bits: number;
  samples: Uint8Array | Uint16Array;
  /** How the file stored its colours, when a reader should know: `CMYK`, `palette`, `alpha`. */
  stored: 'plain' | 'CMYK' | 'palette' | 'alpha';
  /** Only of DICOM files. */
  dicom: DicomFacts | null;
};

/** The few attributes of a DICOM file that are read beside its pixels. */
export type DicomFacts = {
  patientId: string | null;
  modality: string | null;
  sex: string | null;
  age: string | null;
  bodyPart: string | null;
  view: string | null;
  laterality: string | null;
  /** `yes` and `no` as the file says; `unsaid` where it is silent and such images often hold text (screen captures, ultrasound). */
  burnedInText: 'yes' | 'no' | 'unsaid' | 'unlikely';
};

/** Why one file is no image for us. `reason` is a clause without the file's name: `is cut off …`. */
export class ImageProblem extends Error {
  readonly code: SkipCode;
  readonly reason: string;

  constructor(code: SkipCode, reason: string) {
    super(reason);
    this.name = 'ImageProblem';
    this.code = code;
    this.reason = reason;
  }
}

/** Most pixels of one image: a whole mammogram has 20 million. */
export const MOST_PIXELS = 100_000_000;

/** Throws IMAGE_TOO_LARGE or IMAGE_DAMAGED for sizes that cannot be; called before anything is allocated. */
export function checkSize(width: number, height: number): void {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1)
    throw new ImageProblem('IMAGE_DAMAGED', 'states no width or height');
  if (width * height > MOST_PIXELS) {
    throw new ImageProblem(
      'IMAGE_TOO_LARGE',
      `has ${width} × ${height} pixels; at most ${MOST_PIXELS / 1e6} million are read`,
    );
  }
}

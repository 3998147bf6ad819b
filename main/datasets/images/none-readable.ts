import { basename } from 'node:path';
import { AppError } from '../../../shared/errors.ts';

export function noneReadable(root: string, count: number): AppError {
  return new AppError(
    'IMAGES_UNREADABLE',
    `${count === 0 ? 'No image has a label' : `None of the ${count.toLocaleString('en')} images could be read`} in "${basename(root)}". Nothing was imported.`,
    'Check that the folder and its labels table belong together, and that the files are PNG, JPEG, TIFF or DICOM.',
  );
}

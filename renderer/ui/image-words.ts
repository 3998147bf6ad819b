import type { ImageFormat } from '../../shared/model/dataset.ts';

export const formatWords: Record<ImageFormat, string> = { png: 'PNG', jpeg: 'JPEG', tiff: 'TIFF', dicom: 'DICOM' };

import { AppError } from '../../../shared/errors.ts';
import type { DatasetVersion } from '../../../shared/model/dataset.ts';
import type { TrainSpec } from '../../../shared/model/train-spec.ts';

/** The one feature of a recipe that learns from images. KIND_UNSUPPORTED for a table, FEATURES_INVALID when others are named. */
export function chooseImages(version: DatasetVersion, spec: TrainSpec): { features: string[]; warnings: string[] } {
  if (version.images === null) {
    throw new AppError(
      'KIND_UNSUPPORTED',
      `${spec.recipe} learns from images; ${version.name} is a table.`,
      'Choose a dataset of images, or a recipe for tables.',
    );
  }
  const { column } = version.images;
  const other = [...(spec.features ?? []), ...spec.drop.filter((name) => name === column)].find(
    (name) => name !== column,
  );
  if (other !== undefined || spec.drop.includes(column)) {
    throw new AppError(
      'FEATURES_INVALID',
      `${spec.recipe} learns from the images in "${column}" and from nothing else.`,
      'Name no features.',
    );
  }
  return { features: [column], warnings: [] };
}

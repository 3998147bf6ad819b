import { lstatSync } from 'node:fs';
import { AppError } from '../../../shared/errors.ts';
import type { ReadableVault } from '../vault.ts';
import { artifactRoot } from './artifact-owner.ts';
import { confine } from './confine.ts';

/** The recorded file of a logged model. Throws ARTIFACT_NOT_FOUND where none is, or a link stands in its place. */
export function modelFile({ dir }: Pick<ReadableVault, 'dir'>, model: string, path: string): string {
  const file = confine(artifactRoot(dir, { kind: 'model', uid: model }), path.split('/'), false);
  if (file !== null && lstatSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  throw new AppError('ARTIFACT_NOT_FOUND', `A file of the model ${model} is gone from the vault.`);
}

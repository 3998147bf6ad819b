import type { Artifact } from '../../../shared/model/run.ts';
import { writeArtifact } from '../artifacts.ts';
import type { Preprocessing } from '../preprocessing/document.ts';
import type { ImagePreprocessing } from '../preprocessing/prepare-images.ts';
import type { StoredModel } from '../recipes/recipe.ts';
import type { ModelHead } from './head.ts';

/** A model with the preprocessing it was fitted behind, as files hold them. */
export type KeptModel = { model: StoredModel; preprocessing: Preprocessing | ImagePreprocessing };

/** Writes the files of a run's model: of one, or of several whose predictions are averaged. DISK_FULL, VAULT_READ_ONLY. */
export function keepModel(
  vaultDir: string,
  runId: string,
  head: Omit<ModelHead, 'members'>,
  kept: readonly KeptModel[],
): Artifact[] {
  const write = (name: string, content: Uint8Array | string): Artifact => writeArtifact(vaultDir, runId, name, content);
  const writeMember = (folder: string, { model, preprocessing }: KeptModel): Artifact[] => [
    write(`${folder}model.json`, json({ ...head, ...model.document })),
    write(`${folder}preprocessing.json`, json(preprocessing)),
    ...(model.weights === null ? [] : [write(`${folder}weights.bin`, model.weights)]),
  ];
  if (kept.length === 1) return writeMember('', kept[0]!);
  const members = kept.map((_, k) => `fold-${k + 1}`);
  return [
    ...kept.flatMap((one, k) => writeMember(`${members[k]}/`, one)),
    // Last: where it lies, everything it names does too.
    write('model.json', json({ ...head, members })),
  ];
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;

import { AppError } from '../../shared/errors.ts';
import { modelName } from '../../shared/model/registry.ts';

export type ModelRef = { name: string; version: number | null };

/** `NAME` or `NAME@v3` on a command line; `version` is null for the whole model. NAME_INVALID. */
export function parseModelRef(text: string): ModelRef {
  const match = /^(.*?)(?:@v([1-9]\d{0,8}))?$/s.exec(text)!;
  const name = modelName.safeParse(match[1]);
  if (name.success) return { name: name.data, version: match[2] === undefined ? null : Number(match[2]) };
  throw new AppError(
    'NAME_INVALID',
    `"${text.slice(0, 250)}" names no model.`,
    'Write NAME or NAME@v3, as in wardbook model list.',
  );
}

/** `NAME@v3`, where only a version will do. NAME_INVALID. */
export function parseVersionRef(text: string): { name: string; version: number } {
  const { name, version } = parseModelRef(text);
  if (version !== null) return { name, version };
  throw new AppError(
    'NAME_INVALID',
    `"${text.slice(0, 250)}" names a model, not one version of it.`,
    `Write NAME@v3; wardbook model show ${name} lists the versions.`,
  );
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../../shared/errors.ts';
import { type EngineManifest, engineManifest, manifestName } from './manifest.ts';

/** The manifest of a folder and its bytes. FILE_NOT_FOUND when there is none, ENGINE_INVALID when it is not one of ours. */
export function readManifest(folder: string): { manifest: EngineManifest; bytes: Buffer } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(folder, manifestName));
  } catch (cause) {
    throw new AppError(
      'FILE_NOT_FOUND',
      `There is no ${manifestName} in ${folder}, so it is no engine folder.`,
      'npm run engine:tensorflow makes one (docs/engines.md).',
      { cause },
    );
  }
  const parsed = engineManifest.safeParse(parseJson(bytes.toString('utf8')));
  if (parsed.success) return { manifest: parsed.data, bytes };
  const [issue] = parsed.error.issues;
  throw new AppError(
    'ENGINE_INVALID',
    `${manifestName} in ${folder} is not the manifest of an engine${issue === undefined ? '' : `: ${issue.path.join('.')} ${issue.message}`}.`,
    'Get the folder anew from whoever built it.',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

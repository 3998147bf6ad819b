import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import { AppError } from '../../../shared/errors.ts';
import { type ProjectFile, projectFile } from '../../../shared/model/project.ts';

export const projectFileName = 'wardbook.project.yaml';
const largestBytes = 256 * 1024;

/** Where the file is: the working folder of its entries. */
export type Project = ProjectFile & { folder: string };

/** The project file of a folder, or of the nearest folder above it; null when there is none. PROJECT_INVALID says what is wrong, and where. */
export function findProject(folder: string): Project | null {
  const file = join(folder, projectFileName);
  if (existsSync(file)) return { folder, ...readProject(file) };
  return dirname(folder) === folder ? null : findProject(dirname(folder));
}

function readProject(file: string): ProjectFile {
  if (statSync(file).size > largestBytes) throw invalid('it is larger than 256 KiB');
  const document = parseDocument(readFileSync(file, 'utf8'), { uniqueKeys: true, prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) throw invalid(error.message.split('\n')[0]!.replace(/:$/, ''));
  // References are not followed again and again: a small file must stay small.
  const parsed = projectFile.safeParse(document.toJS({ maxAliasCount: 20 }));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`${issue!.path.join('.') || 'the file'}: ${issue!.message}`);
  }
  checkDefaults(parsed.data);
  return parsed.data;
}

/** A word of a command names params that exist, and a default keeps to its own range. */
function checkDefaults({ entries }: ProjectFile): void {
  for (const [name, { command, params }] of Object.entries(entries)) {
    for (const word of command) {
      for (const [, param] of word.matchAll(/\{([A-Za-z][\w.-]*)\}/g)) {
        if (params[param!] === undefined) throw invalid(`entries.${name}.command: there is no param ${param}`);
      }
    }
    for (const [key, param] of Object.entries(params)) {
      const at = `entries.${name}.params.${key}`;
      if ('min' in param && param.min !== undefined && param.max !== undefined && param.min > param.max) {
        throw invalid(`${at}: min is above max`);
      }
      if (param.type === 'choice' && param.default !== undefined && !param.choices.includes(param.default)) {
        throw invalid(`${at}: the default is none of the choices`);
      }
      if ((param.type === 'integer' || param.type === 'number') && param.default !== undefined) {
        if (param.default < (param.min ?? -Infinity) || param.default > (param.max ?? Infinity)) {
          throw invalid(`${at}: the default is outside min and max`);
        }
      }
    }
  }
}

const invalid = (what: string): AppError =>
  new AppError(
    'PROJECT_INVALID',
    `${projectFileName} cannot be used: ${what}.`,
    'docs/commands.md shows a whole file.',
  );

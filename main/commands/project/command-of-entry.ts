import { AppError } from '../../../shared/errors.ts';
import { entryCommand, paramProblem, typedValue } from '../../../shared/model/entry-command.ts';
import type { EntryValues } from '../../../shared/model/project.ts';
import type { CommandRequest } from '../request.ts';
import type { Project } from './find-project.ts';

/** What an entry of a project asks for with these settings (`name=value`). ENTRY_NOT_FOUND, PARAM_INVALID. */
export function commandOfEntry(project: Project, name: string, settings: string[]): Partial<CommandRequest> {
  const entry = project.entries[name];
  if (entry === undefined) {
    const known = Object.keys(project.entries).join(', ');
    throw new AppError(
      'ENTRY_NOT_FOUND',
      `wardbook.project.yaml has no entry ${name.slice(0, 80)}; it has ${known}.`,
      'To run a program of that name, write it after --.',
    );
  }
  const given: EntryValues = {};
  for (const setting of settings) {
    const at = setting.indexOf('=');
    const key = setting.slice(0, Math.max(0, at)).trim();
    const param = entry.params[key];
    if (at < 1) throw new AppError('PARAM_INVALID', `-P ${setting}: write name=value.`);
    if (param === undefined) {
      const known = Object.keys(entry.params).join(', ') || 'none';
      throw new AppError('PARAM_INVALID', `The entry ${name} has no param ${key}; it has ${known}.`);
    }
    given[key] = typedValue(param, setting.slice(at + 1));
  }
  for (const [key, param] of Object.entries(entry.params)) {
    const problem = paramProblem(param, given[key]);
    if (problem !== null) throw new AppError('PARAM_INVALID', `The param ${key} of ${name} ${problem}.`);
  }
  const study = entry.study === undefined ? {} : { study: entry.study };
  return { ...entryCommand(entry, given), ...study, folder: project.folder, entry: name };
}

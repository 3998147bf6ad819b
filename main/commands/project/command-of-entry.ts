import { AppError } from '../../../shared/errors.ts';
import { entryCommand, paramProblem, typedValue } from '../../../shared/model/entry-command.ts';
import type { EntryValues, ProjectEntry } from '../../../shared/model/project.ts';
import type { CommandRequest } from '../request.ts';
import type { Project } from './find-project.ts';

/** What an entry of a project asks for with these settings (`name=value`). ENTRY_NOT_FOUND, PARAM_INVALID. */
export function commandOfEntry(project: Project, name: string, settings: string[]): Partial<CommandRequest> {
  const { params } = entryOf(project, name);
  const given: EntryValues = {};
  for (const setting of settings) {
    const at = setting.indexOf('=');
    const key = setting.slice(0, Math.max(0, at)).trim();
    const param = params[key];
    if (at < 1) throw new AppError('PARAM_INVALID', `-P ${setting}: write name=value.`);
    if (param === undefined) {
      const known = Object.keys(params).join(', ') || 'none';
      throw new AppError('PARAM_INVALID', `The entry ${name} has no param ${key}; it has ${known}.`);
    }
    given[key] = typedValue(param, setting.slice(at + 1));
  }
  return checkedEntry(project, name, given);
}

/** The same with values. */
export function checkedEntry(project: Project | null, name: string, given: EntryValues): Partial<CommandRequest> {
  const entry = entryOf(project, name);
  for (const [key, param] of Object.entries(entry.params)) {
    const problem = paramProblem(param, given[key]);
    if (problem !== null) throw new AppError('PARAM_INVALID', `The param ${key} of ${name} ${problem}.`);
  }
  const study = entry.study === undefined ? {} : { study: entry.study };
  return {
    ...entryCommand(entry, given),
    ...study,
    ...(project === null ? {} : { folder: project.folder }),
    entry: name,
  };
}

function entryOf(project: Project | null, name: string): ProjectEntry {
  const entry = project?.entries[name];
  if (entry !== undefined) return entry;
  const known = Object.keys(project?.entries ?? {}).join(', ') || 'none';
  throw new AppError(
    'ENTRY_NOT_FOUND',
    `wardbook.project.yaml has no entry ${name.slice(0, 80)}; it has ${known}.`,
    'To run a program of that name, write it after --.',
  );
}

import type { ChosenFolder, StartCommandWish } from '../../../../shared/contract/commands.ts';
import { entryCommand, paramProblem, shownCommand, typedValue } from '../../../../shared/model/entry-command.ts';
import type { EntryValues, ProjectEntry } from '../../../../shared/model/project.ts';
import { splitCommand } from '../../../../shared/model/split-command.ts';

/** What the form of a command holds; texts as they are typed. */
export type CommandForm = {
  folder: ChosenFolder | null;
  /** Null: a command that is typed. */
  entry: string | null;
  line: string;
  values: Record<string, string>;
  study: string;
  name: string;
  allowNetwork: boolean;
  reason: string;
};

export const emptyForm: CommandForm = {
  folder: null,
  entry: null,
  line: '',
  values: {},
  study: 'Default',
  name: '',
  allowNetwork: false,
  reason: '',
};

export const entryOf = (form: CommandForm): ProjectEntry | null =>
  form.entry === null ? null : (form.folder?.entries?.[form.entry] ?? null);

/** A project's first entry is chosen with its folder. */
export function withFolder(form: CommandForm, folder: ChosenFolder): CommandForm {
  const [first] = Object.keys(folder.entries ?? {});
  const now = { ...form, folder };
  return first === undefined ? { ...now, entry: null } : withEntry(now, first);
}

/** An entry with its defaults, and its study. */
export function withEntry(form: CommandForm, name: string | null): CommandForm {
  const entry = name === null ? null : (form.folder?.entries?.[name] ?? null);
  if (entry === null) return { ...form, entry: null };
  const values = Object.entries(entry.params).map(([key, param]) => [key, String(param.default ?? '')]);
  return { ...form, entry: name, values: Object.fromEntries(values), study: entry.study ?? form.study };
}

/** The values of an entry's params as typed; one that was left empty and is no text has none. */
export function valuesOf(form: CommandForm, entry: ProjectEntry): EntryValues {
  const pairs = Object.entries(entry.params).flatMap(([key, param]) => {
    const text = form.values[key] ?? '';
    return text === '' && param.type !== 'string' ? [] : [[key, typedValue(param, text)] as const];
  });
  return Object.fromEntries(pairs);
}

export function problemOf(form: CommandForm, entry: ProjectEntry, key: string): string | null {
  return paramProblem(entry.params[key]!, valuesOf(form, entry)[key]);
}

/** The exact command as it will run, and what is asked of main; null while something is missing. */
export function planOf(form: CommandForm): { shown: string; wish: StartCommandWish | null } {
  const entry = entryOf(form);
  const values = entry === null ? {} : valuesOf(form, entry);
  const argv = entry === null ? splitCommand(form.line) : entryCommand(entry, values).argv;
  const shown = argv === null || argv.length === 0 ? '' : shownCommand(argv);
  const wrong = entry !== null && Object.keys(entry.params).some((key) => problemOf(form, entry, key) !== null);
  const reason = form.reason.trim();
  if (form.folder === null || shown === '' || argv === null || wrong || form.study.trim() === '')
    return { shown, wish: null };
  if (form.allowNetwork && reason === '') return { shown, wish: null };
  return {
    shown,
    wish: {
      folder: form.folder.handle,
      run:
        form.entry === null || entry === null ? { kind: 'command', argv } : { kind: 'entry', name: form.entry, values },
      study: form.study.trim(),
      name: form.name.trim() === '' ? null : form.name.trim(),
      allowNetwork: form.allowNetwork ? reason : null,
    },
  };
}

import type { EntryValues, ProjectEntry, ProjectParam } from './project.ts';
import type { ParamValue } from './run.ts';

/** A param whose value cannot be used, and why; null when it can. An absent value takes the default. */
export function paramProblem(param: ProjectParam, value: ParamValue | undefined): string | null {
  const given = value ?? param.default;
  if (given === undefined) return 'needs a value';
  switch (param.type) {
    case 'integer':
    case 'number':
      if (typeof given !== 'number' || !Number.isFinite(given)) return 'is a number';
      if (param.type === 'integer' && !Number.isInteger(given)) return 'is a whole number';
      if (given < (param.min ?? -Infinity)) return `is at least ${param.min}`;
      return given > (param.max ?? Infinity) ? `is at most ${param.max}` : null;
    case 'boolean':
      return typeof given === 'boolean' ? null : 'is true or false';
    case 'choice':
      return typeof given === 'string' && param.choices.includes(given)
        ? null
        : `is one of ${param.choices.join(', ')}`;
    default:
      return typeof given === 'string' ? null : 'is a text';
  }
}

/** A text that a person typed as the value of a param. */
export function typedValue(param: ProjectParam, text: string): ParamValue {
  if (param.type === 'integer' || param.type === 'number') return text.trim() === '' ? Number.NaN : Number(text);
  if (param.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

/**
 * The words of an entry's command with its values in place; all values, defaults included. Each value stays within its word,
 * whatever it holds: there is no shell.
 */
export function entryCommand(entry: ProjectEntry, given: EntryValues): { argv: string[]; params: EntryValues } {
  const params = Object.fromEntries(
    Object.entries(entry.params).flatMap(([name, param]) => {
      const value = given[name] ?? param.default;
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const argv = entry.command.map((word) =>
    word.replace(/\{([A-Za-z][\w.-]*)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole)),
  );
  return { argv, params };
}

/** As a person would type it in a terminal. */
export function shownCommand(argv: string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}

import { type ExportFamily, exportParams, type ParamRule } from '../../../shared/model/export-dictionary.ts';
import type { ReleasedParam } from '../../../shared/model/exportable-run.ts';
import type { ParamValue } from '../../../shared/model/run.ts';
import type { Notes } from './notes.ts';

/**
 * Params whose key and value the dictionary of the run's family knows, in the dictionary's order. Numbers keep 6 significant
 * digits; text leaves only as one of a list or as a short list of whole numbers.
 */
export function gateParams(
  family: ExportFamily | null,
  params: Record<string, ParamValue>,
  notes: Notes,
): ReleasedParam[] {
  const dictionary: Record<string, ParamRule> = family === null ? {} : exportParams[family];
  const released: ReleasedParam[] = [];
  for (const [key, rule] of Object.entries(dictionary)) {
    const value = Object.hasOwn(params, key) ? params[key]! : undefined;
    if (value === undefined) continue;
    const out = releaseValue(value, rule);
    if (out === null) notes.refused('X1', 'params whose value is not in the dictionary');
    else {
      released.push({ key, value: out });
      notes.released('params');
    }
  }
  const unknown = Object.keys(params).filter((key) => !Object.hasOwn(dictionary, key));
  notes.refused('X1', 'params whose name is not in the dictionary', unknown.length);
  return released;
}

function releaseValue(value: ParamValue, rule: ParamRule): ReleasedParam['value'] | null {
  switch (rule.type) {
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'choice':
      return typeof value === 'string' && rule.choices.includes(value) ? value : null;
    case 'number':
    case 'integer': {
      if (typeof value !== 'number' || !(value >= rule.min && value <= rule.max)) return null;
      if (rule.type === 'integer') return Number.isInteger(value) ? value : null;
      return Number(value.toPrecision(6)) + 0;
    }
    case 'integers': {
      if (typeof value !== 'string' || !/^ *\d{1,6}( *, *\d{1,6}){0,15} *$/.test(value)) return null;
      const list = value.split(',').map(Number);
      return list.every((entry) => entry >= rule.min && entry <= rule.max) ? list : null;
    }
  }
}

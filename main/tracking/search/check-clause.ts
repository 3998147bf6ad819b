import { invalid } from '../mlflow-error.ts';
import type { Clause, Operator } from './clause.ts';

const numberOperators: Operator[] = ['=', '!=', '<', '<=', '>', '>='];
const textOperators: Operator[] = ['=', '!=', 'LIKE', 'ILIKE'];

/** What may follow besides what its sort takes: a list after IN, or IS NULL where a value may be missing. */
export type More = 'list' | 'null';
const more: Record<More, Operator[]> = { list: ['IN', 'NOT IN'], null: ['IS NULL', 'IS NOT NULL'] };

/** What may be compared with a value of this sort, and how. Throws INVALID_PARAMETER_VALUE. */
export function checkClause(clause: Clause, sort: 'number' | 'text', besides: More | null): Clause {
  const own = sort === 'number' ? numberOperators : textOperators;
  const allowed = besides === null ? own : [...own, ...more[besides]];
  const { entity, key, operator, value } = clause;
  if (!allowed.includes(operator)) {
    throw invalid(`Invalid comparator '${operator}' for ${entity} '${key}': expected one of ${allowed.join(', ')}.`);
  }
  if (operator === 'IS NULL' || operator === 'IS NOT NULL') return clause;
  const isList = operator === 'IN' || operator === 'NOT IN';
  if (isList !== Array.isArray(value)) {
    throw invalid(`${operator} of ${entity} '${key}' needs ${isList ? 'a list of quoted strings' : 'one value'}.`);
  }
  if (sort === 'number' && typeof value !== 'number') {
    throw invalid(`Expected a numeric value for ${entity} '${key}', found ${JSON.stringify(value)}.`);
  }
  if (sort === 'text' && typeof value === 'number') {
    throw invalid(`Expected a quoted string value for ${entity} '${key}' (such as 'my-value'), found ${value}.`);
  }
  return clause;
}

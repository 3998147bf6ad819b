import { invalid } from '../mlflow-error.ts';
import type { Clause, Operator } from './clause.ts';

const numberOperators: Operator[] = ['=', '!=', '<', '<=', '>', '>='];
const textOperators: Operator[] = ['=', '!=', 'LIKE', 'ILIKE'];

/** What may be compared with a value of this sort, and how. Throws INVALID_PARAMETER_VALUE. */
export function checkClause(clause: Clause, sort: 'number' | 'text', mayList: boolean): Clause {
  const allowed = sort === 'number' ? numberOperators : mayList ? [...textOperators, 'IN', 'NOT IN'] : textOperators;
  const { entity, key, operator, value } = clause;
  if (!(allowed as string[]).includes(operator)) {
    throw invalid(`Invalid comparator '${operator}' for ${entity} '${key}': expected one of ${allowed.join(', ')}.`);
  }
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

import { invalid } from '../mlflow-error.ts';

/** One condition of a filter of the protocol. `entity` is in the singular; a value is as its operator needs it, empty for IS. */
export type Clause = { entity: Entity; key: string; operator: Operator; value: number | string | string[] };
export type Entity = 'metric' | 'param' | 'tag' | 'attribute' | 'dataset';
export type Operator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'LIKE'
  | 'ILIKE'
  | 'IN'
  | 'NOT IN'
  | 'IS NULL'
  | 'IS NOT NULL';

const entities: Record<string, Entity> = {
  metric: 'metric',
  metrics: 'metric',
  param: 'param',
  params: 'param',
  parameter: 'param',
  parameters: 'param',
  tag: 'tag',
  tags: 'tag',
  attribute: 'attribute',
  attributes: 'attribute',
  attr: 'attribute',
  run: 'attribute',
  dataset: 'dataset',
  datasets: 'dataset',
};

/** A name as it is written before an operator, or in order_by. Throws INVALID_PARAMETER_VALUE. */
export type Identifier = { entity: Entity; key: string };

const identifierForm = /\s*(?:([A-Za-z_]+)\s*\.\s*)?(?:`([^`]+)`|"([^"]+)"|([^\s=!<>(),'"`]+))\s*/y;
const operatorForm = /\s*(!=|>=|<=|=|>|<|NOT\s+IN\b|IN\b|LIKE\b|ILIKE\b)\s*/iy;
const nullForm = /\s*IS\s+(NOT\s+)?NULL(?=\s|$)/iy;
const numberForm = /[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?![\w.])/iy;
const textForm = /'([^']*)'|"([^"]*)"/y;
const listForm = /\(\s*((?:'[^']*'|"[^"]*")(?:\s*,\s*(?:'[^']*'|"[^"]*"))*)\s*,?\s*\)/y;
const andForm = /\s+AND(?=\s)/iy;

/**
 * Reads a filter: conditions joined by AND, and nothing else. Names of entities and columns are not checked here. Throws
 * INVALID_PARAMETER_VALUE.
 */
export function parseClauses(filter: string): Clause[] {
  const text = filter.trim();
  const clauses: Clause[] = [];
  let at = 0;
  const take = (form: RegExp): RegExpExecArray | null => {
    form.lastIndex = at;
    const match = form.exec(text);
    if (match !== null) at = form.lastIndex;
    return match;
  };
  while (at < text.length) {
    if (clauses.length > 0 && take(andForm) === null) throw badClause(text.slice(at));
    const start = at;
    const name = take(identifierForm);
    const missing = name === null ? null : take(nullForm);
    if (name !== null && missing !== null) {
      clauses.push({
        ...identifierOf(name),
        operator: missing[1] === undefined ? 'IS NULL' : 'IS NOT NULL',
        value: '',
      });
      continue;
    }
    const operator = name === null ? null : take(operatorForm);
    if (name === null || operator === null) throw badClause(text.slice(start));
    clauses.push({
      ...identifierOf(name),
      operator: operator[1]!.toUpperCase().replace(/\s+/, ' ') as Operator,
      value: takeValue(take, () => text.slice(start)),
    });
  }
  return clauses;
}

function takeValue(take: (form: RegExp) => RegExpExecArray | null, rest: () => string): Clause['value'] {
  const list = take(listForm);
  if (list !== null) return [...list[1]!.matchAll(/'([^']*)'|"([^"]*)"/g)].map((one) => one[1] ?? one[2] ?? '');
  const text = take(textForm);
  if (text !== null) return text[1] ?? text[2] ?? '';
  const number = take(numberForm);
  if (number !== null) return Number(number[0]);
  throw invalid(
    `Invalid clause(s) in filter string: expected a number or a quoted string value (such as 'my-value') in ${shown(rest())}`,
  );
}

/** One entry of order_by: a name, then ASC or DESC or neither. Throws INVALID_PARAMETER_VALUE. */
export function parseOrder(entry: string): Identifier & { descending: boolean } {
  identifierForm.lastIndex = 0;
  const text = entry.trim();
  const name = identifierForm.exec(text);
  const rest = name === null ? '' : text.slice(identifierForm.lastIndex).trim().toUpperCase();
  if (name === null || !['', 'ASC', 'DESC'].includes(rest)) {
    throw invalid(`Invalid order_by clause ${shown(entry)}: expected a name, then ASC or DESC.`);
  }
  return { ...identifierOf(name), descending: rest === 'DESC' };
}

function identifierOf(match: RegExpExecArray): Identifier {
  const key = match[2] ?? match[3] ?? match[4]!;
  if (match[1] === undefined) return { entity: 'attribute', key };
  const entity = entities[match[1].toLowerCase()];
  if (entity === undefined) {
    throw invalid(`Invalid entity type '${match[1]}'. Valid values are metrics, params, tags, attributes, datasets.`);
  }
  return { entity, key };
}

const badClause = (text: string) => invalid(`Invalid clause(s) in filter string: ${shown(text)}`);
const shown = (text: string): string => JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);

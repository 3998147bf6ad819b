import { matchesIlike, matchesLike } from '../../../shared/query/like.ts';
import { invalid } from '../mlflow-error.ts';

/** What a field of a row is compared as. Tags are texts under `tags.KEY`. */
export type Field<T> = { kind: 'text' | 'number'; read(row: T): string | number | null };
export type Fields<T> = { fields: Record<string, Field<T>>; tags(row: T): Record<string, string> };

type Clause = { field: string; tag: boolean; operator: string; value: string | number | string[] };

/**
 * Rows that a filter admits: clauses joined by AND, `FIELD OPERATOR VALUE`. Texts take `= != LIKE ILIKE IN` and quoted values,
 * numbers `= != < <= > >=`. A row without the field never matches. Throws INVALID_PARAMETER_VALUE.
 */
export function filterRows<T>(rows: readonly T[], filter: string, of: Fields<T>): T[] {
  const clauses = parseFilter(filter, of);
  return rows.filter((row) => clauses.every((clause) => matches(row, clause, of)));
}

/** Rows by `FIELD [ASC|DESC]` in order; equal ones as they stood. Throws INVALID_PARAMETER_VALUE. */
export function sortRows<T>(rows: readonly T[], orderBy: readonly string[], of: Fields<T>): T[] {
  const keys = orderBy.map((text) => parseOrder(text, of));
  const repeated = keys.find(({ name }, at) => keys.findIndex((key) => key.name === name) !== at);
  if (repeated !== undefined) throw invalid(`Invalid order_by: it contains the field ${repeated.name} more than once.`);
  return [...rows].sort((a, b) => {
    for (const { field, sign } of keys) {
      const [x, y] = [field.read(a) ?? '', field.read(b) ?? ''];
      if (x !== y) return x < y ? -sign : sign;
    }
    return 0;
  });
}

const clauseForm =
  /^\s*((?:(?:attributes?|attr|tags?)\.)?(?:`[^`]+`|"[^"]+"|[\w.-]+))\s*(=|!=|<=|>=|<|>|\bNOT\s+IN\b|\bIN\b|\bLIKE\b|\bILIKE\b)\s*(\([^()]*\)|'[^']*'|"[^"]*"|[^\s'"()]+)\s*(?:\bAND\b\s*(?=\S)|$)/iu;

function parseFilter<T>(filter: string, of: Fields<T>): Clause[] {
  const clauses: Clause[] = [];
  let rest = filter.trim();
  while (rest !== '') {
    const found = clauseForm.exec(rest);
    if (found === null) throw invalid(`Invalid clause(s) in filter string: '${rest.slice(0, 200)}'`);
    const [whole, left, operator, right] = found as unknown as [string, string, string, string];
    clauses.push(clauseOf(left, operator.toUpperCase().replaceAll(/\s+/g, ' '), right, of));
    rest = rest.slice(whole.length);
  }
  return clauses;
}

function clauseOf<T>(left: string, operator: string, right: string, of: Fields<T>): Clause {
  const { name, tag } = nameOf(left);
  const field = of.fields[name];
  if (!tag && field === undefined) {
    throw invalid(`Invalid attribute key '${name}' specified. Valid keys are ${Object.keys(of.fields).join(', ')}.`);
  }
  const kind = tag ? 'text' : field!.kind;
  const allowed =
    kind === 'number'
      ? ['=', '!=', '<', '<=', '>', '>=']
      : ['=', '!=', 'LIKE', 'ILIKE', ...(tag ? [] : ['IN', 'NOT IN'])];
  if (!allowed.includes(operator)) {
    throw invalid(`Invalid comparator '${operator}' for '${name}'. Valid comparators are ${allowed.join(', ')}.`);
  }
  return { field: name, tag, operator, value: wantedOf(right, kind, operator) };
}

function wantedOf(right: string, kind: 'text' | 'number', operator: string): Clause['value'] {
  const isList = right.startsWith('(');
  if (isList !== operator.endsWith('IN')) throw invalid(`Invalid clause(s) in filter string: '${right.slice(0, 200)}'`);
  if (kind === 'number') {
    const text = unquoted(right) ?? right;
    if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
    throw invalid(`Expected a numeric value, found ${right.slice(0, 100)}`);
  }
  if (!isList) {
    const text = unquoted(right);
    if (text !== null) return text;
    throw invalid(`Expected a quoted string value, found ${right.slice(0, 100)}`);
  }
  const members = right.slice(1, -1).match(/\s*('[^']*'|"[^"]*")\s*(,|$)/g);
  const texts = (members ?? []).map((member) => unquoted(member.replace(/,\s*$/, '').trim()));
  if (members?.join('') !== right.slice(1, -1) || texts.some((text) => text === null)) {
    throw invalid(`Expected a list of quoted string values, found ${right.slice(0, 100)}`);
  }
  return texts as string[];
}

const unquoted = (text: string): string | null => /^(['"])([\s\S]*)\1$/.exec(text)?.[2] ?? null;

function nameOf(left: string): { name: string; tag: boolean } {
  const [, entity, own] = /^(?:(attributes?|attr|tags?)\.)?([\s\S]+)$/i.exec(left) as unknown as [
    string,
    string?,
    string?,
  ];
  return { name: own!.replace(/^[`"]([\s\S]*)[`"]$/, '$1'), tag: entity?.toLowerCase().startsWith('tag') === true };
}

function matches<T>(row: T, { field, tag, operator, value }: Clause, of: Fields<T>): boolean {
  const own = tag ? of.tags(row)[field] : of.fields[field]!.read(row);
  if (own === null || own === undefined) return false;
  switch (operator) {
    case '=':
      return own === value;
    case '!=':
      return own !== value;
    case '<':
      return Number(own) < Number(value);
    case '<=':
      return Number(own) <= Number(value);
    case '>':
      return Number(own) > Number(value);
    case '>=':
      return Number(own) >= Number(value);
    case 'IN':
      return (value as string[]).includes(String(own));
    case 'NOT IN':
      return !(value as string[]).includes(String(own));
    default:
      return (operator === 'LIKE' ? matchesLike : matchesIlike)(String(own), value as string);
  }
}

function parseOrder<T>(text: string, of: Fields<T>): { name: string; field: Field<T>; sign: 1 | -1 } {
  const [, left, direction] = /^\s*(\S+?)(?:\s+(asc|desc))?\s*$/i.exec(text) ?? [];
  const { name } = nameOf(left ?? text);
  const field = of.fields[name];
  if (left === undefined || field === undefined) {
    throw invalid(`Invalid order_by: '${text.slice(0, 100)}'. Valid fields are ${Object.keys(of.fields).join(', ')}.`);
  }
  return { name, field, sign: direction?.toLowerCase() === 'desc' ? -1 : 1 };
}

/** One page of rows, with the token of the next one where there are more. Throws INVALID_PARAMETER_VALUE. */
export function pageOf<T>(rows: readonly T[], size: number, token: string | undefined): { rows: T[]; next?: string } {
  const from = token === undefined || token === '' ? 0 : offsetOf(token);
  const next = from + size;
  const page = rows.slice(from, next);
  return next < rows.length ? { rows: page, next: tokenOf(next) } : { rows: page };
}

const tokenOf = (offset: number): string => Buffer.from(JSON.stringify({ offset })).toString('base64');

function offsetOf(token: string): number {
  const [, offset] = /^\{"offset": ?(\d{1,9})\}$/.exec(Buffer.from(token, 'base64').toString('utf8')) ?? [];
  if (offset === undefined) throw invalid('Invalid page token');
  return Number(offset);
}

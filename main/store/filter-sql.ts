import type { Condition, Expression, Literal, Operator } from '../../shared/query/ast.ts';
import { literalNumber, literalSpan } from '../../shared/query/literal-value.ts';
import type { FieldSql, ValueSql } from './field-sql.ts';
import { joined, listed, raw, type Sql, sql } from './sql.ts';

/**
 * A filter as an SQL condition: 1, 0, or NULL where a missing value decides (`filterTest` of shared/query is the reference). The
 * connection needs `addFilterFunctions`. `now` in milliseconds since 1970.
 */
export function filterSql<F>(expression: Expression<F>, now: number, fields: FieldSql<F>): Sql {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return joined(
        expression.parts.map((part) => filterSql(part, now, fields)),
        expression.kind === 'and' ? 'AND' : 'OR',
      );
    case 'not':
      return sql`(NOT ${filterSql(expression.part, now, fields)})`;
    case 'is':
      return sql`(${fields.on(expression.field, () => raw('1'))} ${raw(expression.present ? 'IS NOT NULL' : 'IS NULL')})`;
    default: {
      const { field } = expression;
      const any = fields.readsNumbers(field);
      const test = (value: ValueSql) => {
        const holds = conditionSql(expression, value, any, now);
        return value.nan === null ? holds : sql`CASE WHEN ${value.nan} THEN 0 ELSE ${holds} END`;
      };
      return fields.on(field, test);
    }
  }
}

function conditionSql<F>(condition: Condition<F>, value: ValueSql, any: boolean, now: number): Sql {
  switch (condition.kind) {
    case 'compare':
      return compareSql(value, condition.operator, condition.value, any, now);
    case 'between':
      return sql`(${compareSql(value, '>=', condition.low, any, now)} AND ${compareSql(value, '<=', condition.high, any, now)})`;
    case 'in': {
      const texts = condition.values.flatMap((one) => (one.kind === 'text' ? [sql`${one.value}`] : []));
      const others = condition.values
        .filter((one) => one.kind !== 'text')
        .map((one) => compareSql(value, '=', one, any, now));
      const ofTexts = texts.length > 0 ? [sql`${value.text} COLLATE BINARY IN (${listed(texts)})`] : [];
      return joined([...ofTexts, ...others], 'OR');
    }
    case 'like':
      return condition.ignoreCase
        ? sql`wardbook_lower(${value.text}) GLOB ${globPattern(condition.pattern.toLowerCase())}`
        : sql`${value.text} GLOB ${globPattern(condition.pattern)}`;
  }
}

function compareSql(value: ValueSql, operator: Operator, literal: Literal, any: boolean, now: number): Sql {
  const span = literalSpan(literal, now);
  if (span !== null) return spanSql(value.number, operator, span);
  const number = literalNumber(literal);
  if (number !== null) {
    const test = sql`${value.number} ${raw(operator)} ${number}`;
    // A text that is no number differs from every number and has no order.
    return any ? sql`COALESCE(${test}, ${raw(operator === '!=' ? '1' : '0')})` : test;
  }
  if (literal.kind === 'boolean') return sql`lower(${value.text}) ${raw(operator)} ${String(literal.value)}`;
  // dataset.name is declared NOCASE; the language is not.
  return sql`${value.text} COLLATE BINARY ${raw(operator)} ${literal.kind === 'text' ? literal.value : ''}`;
}

function spanSql(time: Sql, operator: Operator, { from, to }: { from: number; to: number }): Sql {
  switch (operator) {
    case '=':
      return sql`(${time} >= ${from} AND ${time} < ${to})`;
    case '!=':
      return sql`(${time} < ${from} OR ${time} >= ${to})`;
    case '<':
      return sql`${time} < ${from}`;
    case '<=':
      return sql`${time} < ${to}`;
    case '>':
      return sql`${time} >= ${to}`;
    case '>=':
      return sql`${time} >= ${from}`;
  }
}

/** SQLite's LIKE ignores the case of ASCII letters; GLOB is exact, with `*` and `?`, and `[x]` for a literal x. */
function globPattern(like: string): string {
  return like.replace(/[%_*?[]/g, (one) => (one === '%' ? '*' : one === '_' ? '?' : `[${one}]`));
}

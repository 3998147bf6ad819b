import type { Field } from '../../shared/query/ast.ts';
import { fieldType } from '../../shared/query/fields.ts';
import { type KeyExists, onField, type ValueSql } from './field-sql.ts';
import { raw, type Sql, sql } from './sql.ts';

/** A run's sort key: a number, a text, an empty blob for NaN, or NULL when missing. */
export function sortKeySql(field: Field, exists: KeyExists): Sql {
  const type = fieldType(field);
  const keyOf = (value: ValueSql): Sql => {
    const plain =
      type === 'any' ? sql`COALESCE(${value.number}, ${value.text})` : type === 'text' ? value.text : value.number;
    return value.nan === null ? plain : sql`CASE WHEN ${value.nan} THEN x'' ELSE ${plain} END`;
  };
  return onField(field, keyOf, exists);
}

/** ORDER BY terms for a column of sort keys: numbers, text, NaN, missing, whichever the direction. */
export function sortTerms(column: string, descending: boolean): Sql {
  const kind = `CASE typeof(${column}) WHEN 'text' THEN 1 WHEN 'blob' THEN 2 WHEN 'null' THEN 3 ELSE 0 END`;
  return raw(`${kind}, ${column} COLLATE BINARY${descending ? ' DESC' : ''}`);
}

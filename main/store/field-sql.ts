import type { Field, MetricField, PlainName } from '../../shared/query/ast.ts';
import { fieldType, metricCandidates } from '../../shared/query/fields.ts';
import { listed, raw, type Sql, sql } from './sql.ts';

/** A present value in SQL: as text, as a number (NULL for a text that is none), and the condition under which it is NaN. */
export type ValueSql = { text: Sql; number: Sql; nan: Sql | null };

/**
 * Whether any run has this key. A metric may stand in six places; looking only where it exists makes filters over it three
 * times as fast.
 */
export type KeyExists = (table: 'estimate' | 'latest', key: string) => boolean;

/** How a grammar's fields are read in SQL. */
export type FieldSql<F> = {
  /** `test` on the field's value of a row, as one scalar: NULL when there is none. `test` must not be NULL for a present value. */
  on(field: F, test: (value: ValueSql) => Sql): Sql;
  /** Whether its texts may read as numbers. */
  readsNumbers(field: F): boolean;
};

/** The fields of the filter language, of run `r`. */
export const runFields = (exists: KeyExists): FieldSql<Field> => ({
  on: (field, test) => onField(field, test, exists),
  readsNumbers: (field) => fieldType(field) === 'any',
});

const plain: Record<PlainName, Sql> = {
  id: raw('r.uid'),
  name: raw('r.name'),
  study: raw('(SELECT name FROM study WHERE id = r.study_id)'),
  status: raw('r.status'),
  started: raw('r.started_at'),
  duration: raw('((r.ended_at - r.started_at) / 1000.0)'),
  engine: raw('r.engine'),
  recipe: raw('r.recipe'),
  seed: raw('r.seed'),
  note: raw(`NULLIF(r.note, '')`),
  'dataset.name': raw(
    '(SELECT d.name FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id WHERE v.id = r.dataset_version_id)',
  ),
  'dataset.version': raw('(SELECT version FROM dataset_version WHERE id = r.dataset_version_id)'),
  'dataset.hash': raw('(SELECT hash FROM dataset_version WHERE id = r.dataset_version_id)'),
};

const param: ValueSql = { text: raw('value'), number: raw('number'), nan: raw(`type = 'number' AND number IS NULL`) };
const tag: ValueSql = { text: raw('value'), number: raw('wardbook_number(value)'), nan: null };

/** As `FieldSql.on`, of run `r`. */
export function onField(field: Field, test: (value: ValueSql) => Sql, exists: KeyExists): Sql {
  if (field.name === 'params')
    return sql`(SELECT ${test(param)} FROM param WHERE run_id = r.id AND key = ${field.key})`;
  if (field.name === 'tags') return sql`(SELECT ${test(tag)} FROM tag WHERE run_id = r.id AND key = ${field.key})`;
  if (field.name === 'metrics') return firstOf(metricSources(field, test, exists));
  const value = plain[field.name];
  return sql`CASE WHEN ${value} IS NOT NULL THEN ${test({ text: value, number: value, nan: null })} END`;
}

function metricSources(field: MetricField, test: (value: ValueSql) => Sql, exists: KeyExists): Sql[] {
  const sources = metricCandidates(field.key).flatMap((key) => [
    ...(exists('estimate', key)
      ? [
          sql`(SELECT ${test({ text: raw('value'), number: raw('value'), nan: null })}
            FROM estimate WHERE run_id = r.id AND key = ${key} AND value IS NOT NULL)`,
        ]
      : []),
    ...(exists('latest', key)
      ? [sql`(SELECT ${test(latestValue(field.aggregate))} FROM latest WHERE run_id = r.id AND key = ${key})`]
      : []),
  ]);
  if (field.whole === null) return sources;
  return [
    ...sources,
    ...metricSources({ name: 'metrics', key: field.whole, aggregate: null, whole: null }, test, exists),
  ];
}

function latestValue(aggregate: MetricField['aggregate']): ValueSql {
  const last = `CASE kind WHEN 2 THEN 9e999 WHEN 3 THEN -9e999 ELSE last END`;
  const own = aggregate === 'min' || aggregate === 'max' ? aggregate : null;
  const number = raw(own === null ? last : `COALESCE(${own}, ${last})`);
  return { text: number, number, nan: raw(own === null ? 'kind = 1' : `kind = 1 AND ${own} IS NULL`) };
}

function firstOf(sources: Sql[]): Sql {
  if (sources.length === 0) return raw('NULL');
  return sources.length === 1 ? sources[0]! : sql`COALESCE(${listed(sources)})`;
}

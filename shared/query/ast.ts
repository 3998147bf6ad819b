/**
 * A filter as a tree. It holds no positions: two texts that mean the same are equal. `F` is what a condition is about: a field of
 * the filter language (docs/filter-language.md), or whatever another grammar names.
 */
export type Expression<F = Field> =
  | { kind: 'and' | 'or'; parts: Expression<F>[] }
  | { kind: 'not'; part: Expression<F> }
  | Condition<F>
  | { kind: 'is'; field: F; present: boolean };

/** What a present value is tested by. */
export type Condition<F = Field> =
  | { kind: 'compare'; field: F; operator: Operator; value: Literal }
  | { kind: 'between'; field: F; low: Literal; high: Literal }
  | { kind: 'in'; field: F; values: Literal[] }
  | { kind: 'like'; field: F; pattern: string; ignoreCase: boolean };

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type Field = PlainField | KeyedField | MetricField;
export type PlainField = { name: PlainName };
export type KeyedField = { name: 'params' | 'tags'; key: string };
/**
 * `aggregate` null and `last` both mean the latest value. `whole` is set for a suffix outside backticks (`metrics.loss.min`):
 * the aggregate of `loss` for a run that has a metric `loss`, otherwise the metric named `loss.min`.
 */
export type MetricField = { name: 'metrics'; key: string; aggregate: Aggregate | null; whole: string | null };
export type Aggregate = 'last' | 'min' | 'max';

export type PlainName =
  | 'id'
  | 'name'
  | 'study'
  | 'status'
  | 'started'
  | 'duration'
  | 'engine'
  | 'recipe'
  | 'seed'
  | 'note'
  | 'dataset.name'
  | 'dataset.version'
  | 'dataset.hash';

export type Literal =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'boolean'; value: boolean }
  /** ISO 8601 in the local zone unless it names one: `2026-01-31`, `2026-01-31T14:05`, `2026-01-31T14:05:09.250Z`. */
  | { kind: 'date'; text: string }
  /** So long before now: `-30d`. */
  | { kind: 'ago'; amount: number; unit: DurationUnit }
  | { kind: 'duration'; amount: number; unit: DurationUnit };

export type DurationUnit = 's' | 'm' | 'h' | 'd' | 'w';

import fc from 'fast-check';
import type { Aggregate, DurationUnit, Expression, Field, Literal, Operator } from '../../shared/query/ast.ts';
import type { FilterRun } from '../../shared/query/field-value.ts';
import { fieldType } from '../../shared/query/fields.ts';

/** A fixed moment for relative dates: 2026-03-15 12:00 UTC. */
export const now = Date.UTC(2026, 2, 15, 12);

const keys = ['auc', 'loss', 'train/loss', 'test/auc', 'oof/auc', 'loss.min', 'odd key`"', 'x'];
const texts = [
  'adam',
  'Adam',
  'ADAM Ä',
  'ä',
  'site_1',
  '10',
  '9',
  ' 1e1 ',
  '',
  '%',
  '_',
  '*[?]',
  'true',
  'True',
  'NaN',
  '𝒜z',
  'ﬀ',
];
const numbers = [0, 1, -1, 0.5, 9, 10, 1e-7, 1e21, 0.1 + 0.2];
const dates = [
  '2026-03-15',
  '2026-03-15T12:00',
  '2026-03-15 11:59:59',
  '2026-03-15T12:00:00.000Z',
  '2026-03-14T23:30-02:00',
];
const statuses = ['queued', 'running', 'finished', 'failed', 'stopped', 'crashed'] as const;
const units: DurationUnit[] = ['s', 'm', 'h', 'd', 'w'];

const metricField: fc.Arbitrary<Field> = fc.oneof(
  fc.constantFrom(...keys).map((key): Field => ({ name: 'metrics', key, aggregate: null, whole: null })),
  fc
    .tuple(fc.constantFrom(...keys), fc.constantFrom<Aggregate>('last', 'min', 'max'), fc.boolean())
    .map(([key, aggregate, bare]): Field => {
      const whole = bare && /^[a-z/]+$/.test(key) ? `${key}.${aggregate}` : null;
      return { name: 'metrics', key, aggregate, whole };
    }),
);

export const field: fc.Arbitrary<Field> = fc.oneof(
  fc
    .constantFrom(
      'id',
      'name',
      'study',
      'status',
      'started',
      'duration',
      'engine',
      'recipe',
      'seed',
      'note',
      'dataset.name',
      'dataset.version',
      'dataset.hash',
    )
    .map((name): Field => ({ name }) as Field),
  metricField,
  fc.constantFrom(...keys).map((key): Field => ({ name: 'params', key })),
  fc.constantFrom(...keys).map((key): Field => ({ name: 'tags', key })),
);

const text = fc.constantFrom(...texts).map((value): Literal => ({ kind: 'text', value }));
const number = fc.constantFrom(...numbers).map((value): Literal => ({ kind: 'number', value }));
const amount = fc.constantFrom(0.5, 1, 2, 30, 90);
const duration = fc.record({ kind: fc.constant('duration' as const), amount, unit: fc.constantFrom(...units) });
const ago = fc.record({ kind: fc.constant('ago' as const), amount, unit: fc.constantFrom(...units) });
const date = fc.constantFrom(...dates).map((one): Literal => ({ kind: 'date', text: one }));

/** A value that `of` takes with this operator. */
function literal(of: Field, operator: Operator): fc.Arbitrary<Literal> {
  if (of.name === 'status') return fc.constantFrom(...statuses).map((value) => ({ kind: 'text', value }));
  switch (fieldType(of)) {
    case 'text':
      return text;
    case 'number':
      return number;
    case 'time':
      return fc.oneof(date, ago);
    case 'duration':
      return fc.oneof(number, duration);
    case 'any':
      return operator === '=' || operator === '!='
        ? fc.oneof(
            text,
            number,
            fc.boolean().map((value): Literal => ({ kind: 'boolean', value })),
          )
        : fc.oneof(text, number);
  }
}

const pattern = fc
  .array(fc.constantFrom('%', '_', 'a', 'A', 'd', 'ä', '*', '[', '1', '?', ']', '^'), { maxLength: 5 })
  .map((parts) => parts.join(''));

const condition: fc.Arbitrary<Expression> = field.chain((of) =>
  fc.oneof(
    fc
      .constantFrom<Operator>('=', '!=', '<', '<=', '>', '>=')
      .chain((operator) =>
        literal(of, operator).map((value): Expression => ({ kind: 'compare', field: of, operator, value })),
      ),
    fc
      .tuple(literal(of, '<'), literal(of, '<'))
      .filter(([low, high]) => (low.kind === 'text') === (high.kind === 'text'))
      .map(([low, high]): Expression => ({ kind: 'between', field: of, low, high })),
    fc
      .array(literal(of, '='), { minLength: 1, maxLength: 3 })
      .map((values): Expression => ({ kind: 'in', field: of, values })),
    fc.boolean().map((present): Expression => ({ kind: 'is', field: of, present })),
    ...(fieldType(of) === 'text' || fieldType(of) === 'any'
      ? [
          fc
            .tuple(pattern, fc.boolean())
            .map(([one, ignoreCase]): Expression => ({ kind: 'like', field: of, pattern: one, ignoreCase })),
        ]
      : []),
  ),
);

export const expression: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    condition,
    tie('tree').map((part): Expression => ({ kind: 'not', part })),
    fc
      .tuple(fc.constantFrom<'and' | 'or'>('and', 'or'), fc.array(tie('tree'), { minLength: 2, maxLength: 3 }))
      .map(([kind, parts]): Expression => ({ kind, parts })),
  ),
})).tree;

const sometimes = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null, freq: 3 });
const moments = fc.constantFrom(now, now - 1, now - 60_000, now - 86_400_000, now + 59_999, now - 30 * 86_400_000);
const measured = fc.constantFrom(...numbers, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);

/** A run as the store can hold it; `series` says of each metric whether it is a series or an estimate. */
export type StoredRun = {
  run: Omit<FilterRun, 'metrics' | 'extremes'>;
  series: Record<string, number[]>;
  estimates: Record<string, number | null>;
};

export const storedRun: fc.Arbitrary<StoredRun> = fc.record({
  run: fc
    .record({
      id: fc.uuid().map((uuid) => uuid.replaceAll('-', '')),
      name: fc.constantFrom(...texts.filter((one) => one !== '')),
      study: fc.constantFrom('Default', 'Ä', '10'),
      status: fc.constantFrom(...statuses),
      startedAt: sometimes(moments),
      endedAt: sometimes(fc.constantFrom(0, 499, 1000, 90_000, 7_200_000)),
      engine: sometimes(fc.constantFrom('cpu' as const, 'webgpu' as const)),
      recipe: sometimes(fc.constantFrom('logistic', 'mlp')),
      seed: sometimes(fc.constantFrom(0, 1, 10)),
      note: fc.constantFrom('', ...texts),
      dataset: sometimes(
        fc.constantFrom({ name: 'Adam', version: 1, hash: 'a1' }, { name: 'Whas2', version: 10, hash: 'b2' }),
      ),
      params: fc.dictionary(fc.constantFrom(...keys), fc.oneof(fc.constantFrom(...texts), measured, fc.boolean()), {
        maxKeys: 5,
      }),
      tags: fc.dictionary(fc.constantFrom(...keys), fc.constantFrom(...texts), { maxKeys: 5 }),
    })
    .map((run) => ({
      ...run,
      endedAt: run.startedAt === null || run.endedAt === null ? null : run.startedAt + run.endedAt,
    })),
  series: fc.dictionary(fc.constantFrom(...keys), fc.array(measured, { minLength: 1, maxLength: 3 }), { maxKeys: 4 }),
  estimates: fc.dictionary(fc.constantFrom(...keys), sometimes(fc.constantFrom(...numbers)), { maxKeys: 4 }),
});

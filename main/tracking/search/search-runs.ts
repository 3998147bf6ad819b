import { filterTest } from '../../../shared/query/evaluate.ts';
import { compareValues } from '../../../shared/query/sort-order.ts';
import type { ColumnCache } from '../../store/tracking/column-cache.ts';
import { type ColumnName, type ColumnValue, isAttribute } from '../../store/tracking/columns.ts';
import { invalid, MlflowError } from '../mlflow-error.ts';
import { nameTag, noteTag } from '../run-json.ts';
import { checkClause } from './check-clause.ts';
import { type Clause, type Identifier, parseClauses, parseOrder } from './clause.ts';
import { conditionOf } from './condition.ts';
import { byStart, compareKeys, type OrderKey } from './order.ts';
import { firstInOrder } from './top.ts';

export type RunSearch = {
  /** `study.id` of the experiments looked in; null for all. */
  studies: Set<number> | null;
  view: 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';
  filter: string;
  orderBy: string[];
  limit: number;
  /** The page begins after this key. */
  after(columns: number): OrderKey | null;
  /** `run.id` of runs with a dataset that satisfies the condition. */
  withDataset(clause: Clause): Set<number>;
};

/** `run.id` of a page in order, and the key of its last run when there is more. */
export type FoundRuns = { runs: number[]; next: OrderKey | null };

/** Throws INVALID_PARAMETER_VALUE for a filter or an order outside the grammar. */
export function searchRuns(cache: ColumnCache, search: RunSearch): FoundRuns {
  const clauses = parseClauses(search.filter);
  const plain = clauses.filter(({ entity }) => entity !== 'dataset').map(checkRunClause);
  const sets = clauses.filter(({ entity }) => entity === 'dataset').map((one) => search.withDataset(checkDataset(one)));
  const order = parseOrders(search.orderBy);
  const after = search.after(order.length);
  return cache(({ runs, column }) => {
    const read = (name: ColumnName) => {
      const values = column(name);
      return (index: number): ColumnValue => values[index];
    };
    const test = filterTest(conditionOf(plain, columnOf), read, 0);
    const sorts = order.map((one) => column(columnOf(one)));
    const descending = order.map((one) => one.descending);
    const keyAt = (index: number): OrderKey => {
      const { started, id } = runs[index]!;
      return { values: sorts.map((values): ColumnValue => values[index]), started, id };
    };
    // As compareKeys of both keys, without making them: it is asked some ten thousand times.
    const compare = (a: number, b: number): number => {
      for (let i = 0; i < sorts.length; i++) {
        const order = compareValues(sorts[i]![a], sorts[i]![b], descending[i]!);
        if (order !== 0) return order;
      }
      return byStart(runs[a]!, runs[b]!);
    };

    function* matching(): Generator<number> {
      for (let i = 0; i < runs.length; i++) {
        const { pk, study, deleted } = runs[i]!;
        if (search.studies !== null && !search.studies.has(study)) continue;
        if (search.view !== 'ALL' && deleted !== (search.view === 'DELETED_ONLY')) continue;
        if (test(i) !== true || !sets.every((set) => set.has(pk))) continue;
        if (after === null || compareKeys(keyAt(i), after, descending) > 0) yield i;
      }
    }

    const found = firstInOrder(matching(), search.limit + 1, compare);
    const page = found.slice(0, search.limit);
    const last = page.at(-1);
    return {
      runs: page.map((index) => runs[index]!.pk),
      next: found.length > search.limit && last !== undefined ? keyAt(last) : null,
    };
  });
}

const numbers = new Set(['start_time', 'end_time']);
const aliases: Record<string, string> = { created: 'start_time', Created: 'start_time' };

function attributeKey(key: string): string {
  if (/^run[ _]name$/i.test(key)) return 'run_name';
  const name = aliases[key] ?? key;
  if (!isAttribute(name) || name === 'note') throw invalid(`Invalid attribute key '${key.slice(0, 100)}' specified.`);
  return name;
}

function checkRunClause(clause: Clause): Clause {
  if (clause.entity === 'metric') return checkClause(clause, 'number', null);
  if (clause.entity !== 'attribute') return checkClause(clause, 'text', 'null');
  const key = attributeKey(clause.key);
  const checked = checkClause(
    { ...clause, key },
    numbers.has(key) ? 'number' : 'text',
    key === 'run_id' ? 'list' : null,
  );
  // Ids have no upper case: such a member of a list can be none.
  return Array.isArray(checked.value)
    ? { ...checked, value: checked.value.filter((one) => one === one.toLowerCase()) }
    : checked;
}

function checkDataset(clause: Clause): Clause {
  if (!['name', 'digest', 'context'].includes(clause.key)) {
    throw invalid(`Invalid dataset key '${clause.key.slice(0, 100)}': datasets have a name, a digest and a context.`);
  }
  return checkClause(clause, 'text', 'list');
}

function parseOrders(entries: string[]): (Identifier & { descending: boolean })[] {
  const seen = new Set<string>();
  return entries.map((entry) => {
    const order = parseOrder(entry);
    if (order.entity === 'dataset') throw invalid('Invalid order_by clause: runs cannot be ordered by datasets.');
    const key = order.entity === 'attribute' ? attributeKey(order.key) : order.key;
    const name = `${order.entity} ${key}`;
    // The code that others send; a status that is not retried.
    if (seen.has(name)) throw new MlflowError('INTERNAL_ERROR', `The field ${key} is in order_by twice.`, 400);
    seen.add(name);
    return { ...order, key };
  });
}

/** Name and note of a run are tags for clients and columns for us. */
function columnOf({ entity, key }: Identifier): ColumnName {
  if (entity === 'tag' && key === nameTag) return { entity: 'attribute', key: 'run_name' };
  if (entity === 'tag' && key === noteTag) return { entity: 'attribute', key: 'note' };
  return { entity: entity as ColumnName['entity'], key };
}
